import { act } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';

import { FakeRecognition, fakeStream } from '@/testing/media-fakes';

import { begin, pass, recogniser, say, setTheRoom } from './testing/speaking';

setTheRoom();

describe('the browser’s engine', () => {
  test('shows what is being said, then keeps it', async () => {
    const { now, words } = begin();
    act(() => now().start());
    expect(now().status).toBe('starting');
    await pass(10);
    expect(now().status).toBe('listening');
    expect(recogniser()).toMatchObject({ continuous: true, interimResults: true, lang: 'en-GB' });
    say('i led');
    expect(now().interim).toBe('i led');
    say('I led a team', true);
    expect(now().interim).toBe('');
    expect(words()).toEqual(['I led a team']);
    expect(now().heard.browser).toBe('I led a team');
    expect(now().facts).toEqual({ engine: 'browser', goesTo: 'your browser’s maker', place: null });
  });

  test('two finals in a row are two, even of the same word; one told again is one', async () => {
    const { now, words } = begin();
    act(() => now().start());
    await pass(10);
    say('no', true);
    say('no', true);
    act(() => recogniser().repeat());
    expect(words()).toEqual(['no', 'no']);
  });

  test('does not repeat what Chrome on Android says again with every result', async () => {
    vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue('Mozilla/5.0 (Linux; Android 15) Chrome/140');
    const { now, words } = begin();
    act(() => now().start());
    await pass(10);
    say('we shipped', true);
    say('we shipped it late', true);
    expect(words()).toEqual(['we shipped', 'it late']);
  });

  test('an absent service is one attempt and an error, never a storm', async () => {
    FakeRecognition.behaviour = (session) => session.fail('network');
    const { now, onError } = begin();
    act(() => now().start());
    await pass(60_000);
    expect(FakeRecognition.starts).toBe(1);
    expect(now()).toMatchObject({ status: 'failed', failure: { kind: 'unreachable', code: 'network' } });
    expect(onError).toHaveBeenCalledOnce();
  });

  test.each([
    ['not-allowed', 'denied'],
    ['audio-capture', 'none'],
    ['language-not-supported', 'language'],
  ])('%s is told as %s', async (error, kind) => {
    FakeRecognition.behaviour = (session) => session.fail(error);
    const { now } = begin();
    act(() => now().start());
    await pass(10_000);
    expect(now().failure?.kind).toBe(kind);
    expect(FakeRecognition.starts).toBe(1);
  });

  test('silence is given three sessions, then it says why it stopped', async () => {
    FakeRecognition.behaviour = (session) => {
      session.onstart?.();
      setTimeout(() => session.fail('no-speech'), 8000);
    };
    const { now } = begin();
    act(() => now().start());
    await pass(300_000);
    expect(FakeRecognition.starts).toBe(3);
    expect(now().failure?.kind).toBe('nothing-heard');
    act(() => now().start());
    await pass(10);
    expect(now().status).toBe('listening');
  });

  test('goes on when the browser ends after a minute, without the person noticing', async () => {
    const { now, words } = begin();
    act(() => now().start());
    await pass(10);
    say('first', true);
    act(() => recogniser().end());
    expect(now().status).toBe('listening');
    await pass(400);
    expect(FakeRecognition.starts).toBe(2);
    say('second', true);
    expect(words()).toEqual(['first', 'second']);
  });

  test('words that were never called certain still count when the session ends', async () => {
    const { now, words } = begin();
    act(() => now().start());
    await pass(10);
    say('half a sentence');
    act(() => now().stop());
    act(() => recogniser().end());
    expect(words()).toEqual(['half a sentence']);
    expect(now().status).toBe('idle');
  });

  test('the last words may come after stop, and a session that never ends is left', async () => {
    const { now, words } = begin();
    act(() => now().start());
    await pass(10);
    act(() => now().stop());
    expect(now().status).toBe('finishing');
    say('the last word', true);
    await pass(4000);
    expect(words()).toEqual(['the last word']);
    expect(recogniser().aborted).toBe(true);
    expect(now().status).toBe('idle');
  });

  test('after discard nothing counts', async () => {
    const { now, words } = begin();
    act(() => now().start());
    await pass(10);
    say('handed in', true);
    act(() => now().discard());
    say('too late', true);
    act(() => recogniser().end());
    await pass(10_000);
    expect(words()).toEqual(['handed in']);
    expect(now()).toMatchObject({ status: 'idle', segments: [], interim: '' });
    expect(FakeRecognition.starts).toBe(1);
  });

  test('another question forgets the one before', async () => {
    const { now, words, change } = begin();
    act(() => now().start());
    await pass(10);
    change({ scope: 'question-2' });
    say('for the first question', true);
    expect(words()).toEqual([]);
    expect(now()).toMatchObject({ status: 'idle', heard: { browser: '' } });
    expect(recogniser().aborted).toBe(true);
  });

  test('leaving the page ends it for good', async () => {
    const { now, unmount } = begin();
    act(() => now().start());
    await pass(10);
    unmount();
    recogniser().end();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(FakeRecognition.starts).toBe(1);
    expect(recogniser().aborted).toBe(true);
  });

  test('listens to the chosen microphone where that is possible', async () => {
    const { stream } = fakeStream('audio');
    const { now } = begin({ stream });
    act(() => now().start());
    await pass(10);
    expect(recogniser().track).toBe(stream.getAudioTracks()[0]);
  });

  test('does nothing where there is no such thing', async () => {
    vi.stubGlobal('SpeechRecognition', undefined);
    const { now } = begin();
    act(() => now().start());
    await pass(10);
    expect(now().failure?.kind).toBe('unsupported');
  });
});

describe('the engine on the device', () => {
  test('fetches its model first and never leaves the device', async () => {
    FakeRecognition.available = () => Promise.resolve('downloadable');
    let finish: (installed: boolean) => void = () => undefined;
    FakeRecognition.install = () => new Promise((resolve) => (finish = resolve));
    const { now } = begin({ engine: 'on_device' });
    act(() => now().start());
    await pass(0);
    expect(now()).toMatchObject({ status: 'starting', installing: true });
    await act(async () => {
      finish(true);
      await vi.advanceTimersByTimeAsync(10);
    });
    expect(now()).toMatchObject({ status: 'listening', installing: false });
    expect(recogniser().processLocally).toBe(true);
    expect(now().facts.goesTo).toBe('this device');
  });

  test('says when the model cannot be had, and starts nothing', async () => {
    FakeRecognition.available = () => Promise.resolve('downloadable');
    FakeRecognition.install = () => Promise.resolve(false);
    const { now } = begin({ engine: 'on_device' });
    act(() => now().start());
    await pass(10);
    expect(now().failure?.kind).toBe('not-installed');
    expect(FakeRecognition.starts).toBe(0);
  });

  test('stopped while the model is fetched it stays stopped', async () => {
    FakeRecognition.available = () => Promise.resolve('downloadable');
    let finish: (installed: boolean) => void = () => undefined;
    FakeRecognition.install = () => new Promise((resolve) => (finish = resolve));
    const { now } = begin({ engine: 'on_device' });
    act(() => now().start());
    await pass(0);
    act(() => now().stop());
    finish(true);
    await pass(100);
    expect(FakeRecognition.starts).toBe(0);
    expect(now().status).toBe('idle');
  });
});
