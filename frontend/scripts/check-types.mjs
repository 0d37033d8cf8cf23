// Fails when src/api/schema.d.ts is not what openapi.json generates. `npm run types` mends it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'api-types-'));
const fresh = join(folder, 'schema.d.ts');
try {
  execFileSync('openapi-typescript', ['openapi.json', '--output', fresh, '--alphabetize'], {
    stdio: 'ignore',
  });
  execFileSync('prettier', ['--config', '.prettierrc.json', '--log-level', 'warn', '--write', fresh]);
  if (readFileSync(fresh, 'utf8') !== readFileSync('src/api/schema.d.ts', 'utf8')) {
    console.error(
      'src/api/schema.d.ts is out of date with openapi.json: run `npm run types` and commit the result.',
    );
    process.exitCode = 1;
  } else {
    console.log('src/api/schema.d.ts is up to date.');
  }
} finally {
  rmSync(folder, { recursive: true });
}
