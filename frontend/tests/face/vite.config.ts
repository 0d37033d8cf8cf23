/** Builds the harness with the product's own plugins, into the folder that `--outDir` names. */
import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vite';

import { faceAssets } from '../../scripts/face-assets.ts';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  publicDir: false,
  plugins: [faceAssets()],
  worker: { format: 'es' },
  resolve: { alias: { '@': fileURLToPath(new URL('../../src', import.meta.url)) } },
  build: { target: 'es2022', assetsInlineLimit: 0, emptyOutDir: true },
});
