import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Plugin } from 'vite';

/**
 * What the face worker loads, with the SHA-256 it must have. All of it comes out of npm packages and is served from our own
 * origin; nothing is fetched from anywhere else and nothing is committed. After an update of a package: look at what has
 * changed, then write the new numbers here (the build prints them).
 */
const pinned: Record<string, string> = {
  // MIT asks for its text to go along.
  '@vladmandic/human/LICENSE': '9a3442b79acaf4fbc7c2e07b7e2d8f84af9bb3871bf08a69d80304ab00640e9a',
  '@vladmandic/human/models/blazeface.json':
    'cd7bbfc078270572beb39f9e5ae67aadbd50b5e67cff37e6d4f6b3ea39312e5f',
  '@vladmandic/human/models/blazeface.bin':
    'dc9a97fdc50bc43216554bdd69aa3e7b9361a519ee7bdd996a2f69a98a6f9b72',
  '@vladmandic/human/models/facemesh.json':
    'b60ca26f404724f43bd2b1575761d8265180e1f053cc0731caa68462927309e7',
  '@vladmandic/human/models/facemesh.bin': '3826da640b0a3021161605369ee6af293f75d518040355b960ec71a3390c1c0b',
  '@vladmandic/human/models/emotion.json': '56f7e557eb0c863a8b9ab04ac7ccba756e93bf2c27dce135ef0e8712b80b7ad2',
  '@vladmandic/human/models/emotion.bin': '927ac8224f356ab1e68c2bcfbfa07b0c8567047d1bcf817388ba6e38214c4987',
  '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm':
    '70a5d516060464e5269f01c74bac1772d6b8ab6cb612acf16b5cdaf61f78d892',
  '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm':
    '77ebb28a6d34f371dbbf2086b7f2de8994acd8ea5a3cf1fa24d2c26c840cac7b',
};

const types: Record<string, string> = { '.json': 'application/json', '.wasm': 'application/wasm' };

function read(name: string): Buffer {
  const content = readFileSync(fileURLToPath(new URL(`../node_modules/${name}`, import.meta.url)));
  const found = createHash('sha256').update(content).digest('hex');
  if (found !== pinned[name]) {
    throw new Error(
      `${name} is not the file that was looked at: its SHA-256 is ${found}, not ${pinned[name]}`,
    );
  }
  return content;
}

/**
 * Puts the models under an address that changes whenever one of them does, so that they can be cached for ever, and tells
 * the code that address as `__FACE_ASSETS__`.
 */
export function faceAssets(): Plugin {
  const version = createHash('sha256').update(JSON.stringify(pinned)).digest('hex').slice(0, 12);
  const folder = `assets/face-${version}`;
  return {
    name: 'face-assets',
    config: () => ({ define: { __FACE_ASSETS__: JSON.stringify(`/${folder}/`) } }),
    generateBundle() {
      for (const name of Object.keys(pinned)) {
        this.emitFile({ type: 'asset', fileName: `${folder}/${basename(name)}`, source: read(name) });
      }
    },
    configureServer(server) {
      for (const name of Object.keys(pinned)) {
        server.middlewares.use(`/${folder}/${basename(name)}`, (_request, response) => {
          response.setHeader('Content-Type', types[extname(name)] ?? 'application/octet-stream');
          response.end(read(name));
        });
      }
    },
  };
}
