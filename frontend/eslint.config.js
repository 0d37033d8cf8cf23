import { readdirSync } from 'node:fs';

import js from '@eslint/js';
import a11y from 'eslint-plugin-jsx-a11y';
import hooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** Forbids imports of some rooms, with the reason in the message. */
function closed(files, groups, message) {
  return {
    files,
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group: groups, message }] }] },
  };
}

const upward = ['../*', '!../*.css'];
const features = readdirSync('src/features');

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/api/schema.d.ts', 'public'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Event handlers may be async: their rejections are handled by the query client or inside.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      // Numbers read well in templates.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `onClick={() => doIt()}` reads well where the value is not used.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    extends: [hooks.configs.flat['recommended-latest'], a11y.flatConfigs.strict],
    languageOptions: { globals: globals.browser },
    rules: {
      // Our own components take a `role` or `autoFocus` that means what they say it means.
      'jsx-a11y/aria-role': ['error', { ignoreNonDOM: true }],
      'jsx-a11y/no-autofocus': ['error', { ignoreNonDOM: true }],
      // Safari drops the list from lists without bullets unless the role is written out.
      'jsx-a11y/no-redundant-roles': ['error', { ul: ['list'], ol: ['list'] }],
      // Hovering may bring out what belongs together; whatever can be pressed is a button.
      'jsx-a11y/no-noninteractive-element-interactions': [
        'error',
        { handlers: ['onClick', 'onMouseDown', 'onMouseUp', 'onKeyPress', 'onKeyDown', 'onKeyUp'] },
      ],
      'jsx-a11y/label-has-associated-control': ['error', { depth: 5 }],
    },
  },
  { files: ['**/*.{js,mjs}'], languageOptions: { globals: globals.node } },
  // Imports run one way: api, components, lib, config -> features -> app.
  closed(
    ['src/{api,components,lib,config}/**'],
    ['@/features/*', '@/app/*', ...upward],
    'The shared rooms know nothing of features or the app.',
  ),
  closed(
    ['src/lib/**', 'src/config/**'],
    ['@/api/*', '@/components/*', '@/features/*', '@/app/*'],
    'lib and config stand alone.',
  ),
  ...features.map((feature) =>
    closed(
      [`src/features/${feature}/**`],
      ['@/app/*', '@/features/*', `!@/features/${feature}`, ...upward],
      'A feature imports no other feature and nothing of the app; pages in app/ compose features.',
    ),
  ),
);
