import { describe, expect, test } from 'vitest';

import { headOf, isOnlyBeginning, restFile } from './rest';

const bytes = (...parts: (string | number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : part)),
  ).buffer;
const cluster = [0x1f, 0x43, 0xb6, 0x75];
const size = [0, 0, 1, 0];
const text = async (blob: Blob) => new TextDecoder('latin1').decode(await blob.arrayBuffer());
const asText = (buffer: ArrayBuffer) => new TextDecoder('latin1').decode(buffer);

describe('the rest of a recording is a file of its own', () => {
  test('in WebM it goes on at the first whole cluster', async () => {
    const head = headOf(bytes('tracks', cluster, 'first'), 'video/webm;codecs=vp9,opus');
    expect(asText(head)).toBe('tracks');
    const rest = restFile(
      head,
      [bytes('half', [0x1f]), bytes('half', cluster, 'next'), bytes('last')],
      'video/webm',
    );
    expect(await text(rest)).toBe(asText(bytes('tracks', cluster, 'next', 'last')));
  });

  test('in MP4 at the first whole fragment, size and all', async () => {
    const head = headOf(bytes('moov', size, 'moof', 'first'), 'video/mp4');
    expect(asText(head)).toBe('moov');
    const rest = restFile(head, [bytes('half', size, 'moof', 'next')], 'video/mp4');
    expect(await text(rest)).toBe(asText(bytes('moov', size, 'moof', 'next')));
  });

  test('without a beginning nothing is thrown away', async () => {
    expect(await text(restFile(bytes('tracks'), [bytes('half'), bytes('end')], 'video/webm'))).toBe(
      'trackshalfend',
    );
  });
});

test('a file that breaks off before its first picture is told from one that does not', () => {
  const webm = [0x1a, 0x45, 0xdf, 0xa3];
  const type = 'video/webm;codecs=vp9,opus';
  expect(isOnlyBeginning(bytes([0x1a]), type)).toBe(true);
  expect(isOnlyBeginning(bytes(webm, 'tracks'), type)).toBe(true);
  expect(isOnlyBeginning(bytes(webm, 'tracks', cluster), type)).toBe(false);
  expect(isOnlyBeginning(bytes(webm, 'x'.repeat(5000)), type)).toBe(false);
  expect(isOnlyBeginning(bytes('something else'), type)).toBe(false);
  expect(isOnlyBeginning(bytes([0, 0, 0]), 'video/mp4')).toBe(true);
  expect(isOnlyBeginning(bytes(size, 'ftyp', 'moov'), 'video/mp4')).toBe(true);
  expect(isOnlyBeginning(bytes(size, 'ftyp', size, 'moof'), 'video/mp4')).toBe(false);
});
