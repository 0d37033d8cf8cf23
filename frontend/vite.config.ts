import { fileURLToPath } from 'node:url';

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

import { faceAssets } from './scripts/face-assets.ts';

/** Where `npm run dev` finds the gateway; the built frontend is served by the gateway itself. */
const gateway = process.env.IK_GATEWAY_URL ?? 'http://127.0.0.1:8000';

export default defineConfig({
  plugins: [react(), faceAssets()],
  worker: { format: 'es' },
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  css: {
    preprocessorOptions: {
      // Bootstrap 5.3 is written in Sass's older dialect; its warnings are not ours to mend.
      scss: {
        quietDeps: true,
        silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'if-function'],
      },
    },
  },
  build: {
    target: 'es2022',
    // The content security policy allows no data: URLs but images, so nothing is inlined.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    manifest: true,
  },
  server: {
    proxy: {
      '/api': { target: gateway, changeOrigin: false },
    },
  },
  test: {
    environment: 'jsdom',
    environmentOptions: { jsdom: { url: 'http://127.0.0.1:3000' } },
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/testing/setup.ts'],
    reporters: ['default', './scripts/closing-line-reporter.ts'],
    restoreMocks: true,
    // Against a hang: how long a test takes on a busy machine is nobody's promise.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
