import { act, renderHook } from '@testing-library/react';
import { StrictMode } from 'react';
import { afterEach, beforeEach, vi } from 'vitest';

import {
  FakeAudioContext,
  FakeMediaRecorder,
  FakeRecognition,
  FakeStream,
  room,
} from '@/testing/media-fakes';

import type { SpokenSegment } from '@/lib/speech/types';
import { useSpeech, type SpeechSettings } from '@/lib/speech/use-speech';

/** Each test has a quiet room, a recogniser and a recorder of its own, and a clock that it moves. */
export function setTheRoom(): void {
  beforeEach(() => {
    vi.useFakeTimers();
    FakeRecognition.reset();
    FakeMediaRecorder.all = [];
    room.loudness = 0;
    vi.stubGlobal('SpeechRecognition', FakeRecognition);
    vi.stubGlobal('MediaRecorder', FakeMediaRecorder);
    vi.stubGlobal('AudioContext', FakeAudioContext);
    vi.stubGlobal('MediaStream', FakeStream);
    sessionStorage.clear();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
}

export function at<T>(list: readonly T[], index: number): T {
  const item = list.at(index);
  if (item === undefined) throw new Error(`nothing at ${index}`);
  return item;
}

export const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

/** A hook that listens, with what it heard and what it complained of. */
export function begin(settings: Partial<SpeechSettings> = {}) {
  const spoken: SpokenSegment[] = [];
  const onError = vi.fn<NonNullable<SpeechSettings['onError']>>();
  const first: SpeechSettings = {
    engine: 'browser',
    lang: 'en-GB',
    scope: 'question-1',
    onFinal: (segment) => spoken.push(segment),
    onError,
    ...settings,
  };
  const hook = renderHook((props: SpeechSettings) => useSpeech(props), {
    initialProps: first,
    wrapper: StrictMode,
  });
  return {
    now: () => hook.result.current,
    words: () => spoken.map(({ text }) => text),
    onError,
    change: (more: Partial<SpeechSettings>) => hook.rerender({ ...first, ...more }),
    unmount: hook.unmount,
  };
}

/** The browser's own, that was made last. */
export const recogniser = () => at(FakeRecognition.all, -1);
export const say = (text: string, final = false) => act(() => recogniser().say(text, final));
