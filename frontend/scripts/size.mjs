// Prints what the first page costs over the wire (gzip) and fails above the budget.
// First load = the entry, everything it imports statically and its CSS, plus the landing page's own chunk.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const budget = 150_000;
const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'));
const files = new Set();

function take(key) {
  const chunk = manifest[key];
  if (!chunk || files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const css of chunk.css ?? []) files.add(css);
  for (const other of chunk.imports ?? []) take(other);
}
take('index.html');
take('src/app/routes/landing.tsx');

let total = 0;
for (const file of files) {
  const size = gzipSync(readFileSync(`dist/${file}`)).length;
  total += size;
  console.log(`${(size / 1000).toFixed(1).padStart(7)} kB  ${file}`);
}
console.log(`${(total / 1000).toFixed(1).padStart(7)} kB  first load, gzip (budget ${budget / 1000} kB)`);
if (total > budget) process.exitCode = 1;
