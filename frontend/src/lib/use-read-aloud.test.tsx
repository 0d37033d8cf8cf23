import { act, renderHook } from '@testing-library/react';
import { StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { utterances } from './read-aloud';
import { useReadAloud } from './use-read-aloud';

class FakeUtterance {
  voice: unknown = null;
  lang = '';
  rate = 1;
  onstart: (() => void) | null = null;
  onend: (() => void) | null = null;
  onerror: (() => void) | null = null;
  constructor(readonly text: string) {}
}

class FakeSynthesis extends EventTarget {
  voices: Partial<SpeechSynthesisVoice>[] = [];
  said: FakeUtterance[] = [];
  cancelled = 0;
  getVoices() {
    return this.voices;
  }
  speak(utterance: FakeUtterance) {
    this.said.push(utterance);
  }
  cancel() {
    this.cancelled += 1;
  }
}

let synthesis: FakeSynthesis;
const german = { voiceURI: 'de', name: 'Anna', lang: 'de-DE', localService: true };
const american = { voiceURI: 'us', name: 'Sam', lang: 'en-US', localService: true };
const cloud = { voiceURI: 'gb-net', name: 'Kate online', lang: 'en-GB', localService: false };
const british = { voiceURI: 'gb', name: 'Kate', lang: 'en_GB', localService: true };

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  synthesis = new FakeSynthesis();
  vi.stubGlobal('speechSynthesis', synthesis);
  vi.stubGlobal('SpeechSynthesisUtterance', FakeUtterance);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
const begin = () => renderHook(() => useReadAloud('en-GB'), { wrapper: StrictMode });

async function withVoices() {
  synthesis.voices = [german, american, cloud, british];
  const hook = begin();
  await pass(0);
  return hook;
}

describe('voices', () => {
  test('that come late are waited for', async () => {
    const { result } = begin();
    expect(result.current.available).toBeNull();
    await pass(500);
    synthesis.voices = [british];
    act(() => {
      synthesis.dispatchEvent(new Event('voiceschanged'));
    });
    await pass(0);
    expect(result.current.available).toBe(true);
  });

  test('that never come are given up after a second, and speaking fails without waiting', async () => {
    const { result } = begin();
    await pass(1000);
    expect(result.current.available).toBe(false);
    act(() => result.current.speak('Hello'));
    expect(result.current).toMatchObject({ speaking: false, failed: true });
    expect(synthesis.said).toEqual([]);
  });

  test('no synthesis at all is no error', async () => {
    vi.stubGlobal('speechSynthesis', undefined);
    const { result, unmount } = begin();
    await pass(0);
    expect(result.current.available).toBe(false);
    unmount();
  });

  test('of the language and of this device come first; a choice and a pace are remembered', async () => {
    const { result, unmount } = await withVoices();
    expect(result.current.voices.map(({ id }) => id)).toEqual(['gb', 'gb-net', 'us', 'de']);
    expect(result.current.voice?.id).toBe('gb');
    act(() => result.current.chooseVoice('us'));
    act(() => result.current.chooseRate(9));
    unmount();
    const next = await withVoices();
    expect(next.result.current).toMatchObject({ voice: { id: 'us' }, rate: 2 });
  });
});

describe('speaking', () => {
  test('goes piece by piece, is stopped, and repeated', async () => {
    const { result } = await withVoices();
    const text = `${'A sentence of some length that goes on. '.repeat(8)}The end.`;
    act(() => result.current.speak(text));
    expect(result.current.speaking).toBe(true);
    while (result.current.speaking) act(() => synthesis.said.at(-1)?.onend?.());
    expect(synthesis.said.length).toBeGreaterThan(1);
    expect(synthesis.said.map(({ text }) => text).join(' ')).toBe(text);
    expect(synthesis.said[0]).toMatchObject({ voice: british, lang: 'en-GB' });
    const before = synthesis.said.length;
    act(() => result.current.repeat());
    expect(synthesis.said).toHaveLength(before + 1);
    act(() => result.current.stop());
    act(() => synthesis.said.at(-1)?.onend?.());
    expect(synthesis.said).toHaveLength(before + 1);
    expect(result.current.speaking).toBe(false);
  });

  test('that never begins, or never ends, lets go', async () => {
    const { result } = await withVoices();
    act(() => result.current.speak('Hello'));
    await pass(5000);
    expect(result.current).toMatchObject({ speaking: false, failed: true });
    act(() => result.current.speak('Hello'));
    expect(result.current.failed).toBe(false);
    act(() => synthesis.said.at(-1)?.onstart?.());
    await pass(20_000);
    expect(result.current).toMatchObject({ speaking: false, failed: true });
  });

  test('ends with the component', async () => {
    const { result, unmount } = await withVoices();
    act(() => result.current.speak('Hello'));
    const before = synthesis.cancelled;
    unmount();
    expect(synthesis.cancelled).toBe(before + 1);
  });
});

test('texts are cut where a reader would breathe, and nothing is lost', () => {
  expect(utterances('')).toEqual([]);
  expect(utterances('One. Two? Three!')).toEqual(['One. Two? Three!']);
  const long = `Tell me, ${'in your own words, '.repeat(20)}what happened.`;
  const pieces = utterances(long);
  expect(pieces.length).toBeGreaterThan(2);
  expect(pieces.every((piece) => piece.length <= 160)).toBe(true);
  expect(pieces.join(' ')).toBe(long);
  expect(utterances('x'.repeat(400)).join('')).toBe('x'.repeat(400));
});
