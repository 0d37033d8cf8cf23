import { globSync, readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

// Read as files: Vitest empties every stylesheet that is imported.
const sheets = globSync('src/**/*.css');

/** Classes that a sheet gives looks of their own, without anything before them. */
function classesOf(css: string): Set<string> {
  return new Set([...css.matchAll(/^\.([a-z][\w-]*)\s*[,{]/gm)].map(([, name = '']) => name));
}

// A page's sheet stays when the next page comes: a class of the same name elsewhere is changed by it.
test('each class belongs to one stylesheet', () => {
  const owners = new Map<string, string[]>();
  for (const path of sheets)
    for (const name of classesOf(readFileSync(path, 'utf8')))
      owners.set(name, [...(owners.get(name) ?? []), path]);
  expect(owners.size).toBeGreaterThan(100);
  expect([...owners].filter(([, paths]) => paths.length > 1)).toEqual([]);
});
