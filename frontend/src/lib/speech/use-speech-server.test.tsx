import { act } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';

import { FakeMediaRecorder, fakeStream, room } from '@/testing/media-fakes';

import { at, begin, pass, setTheRoom } from './testing/speaking';
import type { AudioPart, SpeechPart } from './types';
import type { SpeechSettings } from './use-speech';

setTheRoom();

describe('the server’s engine', () => {
  const queued = ({ take, seq, offsetMs, durationMs }: AudioPart): SpeechPart => ({
    take,
    seq,
    status: 'queued',
    text: null,
    reason: null,
    offset_ms: offsetMs,
    duration_ms: durationMs,
  });
  const done = (part: AudioPart, text: string): SpeechPart => ({ ...queued(part), status: 'done', text });

  function serve(settings: Partial<SpeechSettings> = {}) {
    const sent: AudioPart[] = [];
    const upload = vi.fn<NonNullable<SpeechSettings['uploadPart']>>((part) => {
      sent.push(part);
      return Promise.resolve(queued(part));
    });
    const { stream, tracks } = fakeStream('audio', 'video');
    const hook = begin({ engine: 'server', stream, uploadPart: upload, ...settings });
    const props = { engine: 'server' as const, stream, uploadPart: upload, ...settings };
    return {
      ...hook,
      change: (more: Partial<SpeechSettings>) => hook.change({ ...props, ...more }),
      sent,
      upload,
      tracks,
    };
  }

  async function speak(ms: number): Promise<void> {
    room.loudness = 0.1;
    await pass(ms);
  }
  async function hush(ms: number): Promise<void> {
    room.loudness = 0;
    await pass(ms);
  }

  test('cuts whole files at pauses, the next running before the last one stops', async () => {
    const { now, sent } = serve();
    act(() => now().start());
    await speak(2000);
    await hush(600);
    expect(sent).toHaveLength(0);
    await speak(2500);
    expect(FakeMediaRecorder.all).toHaveLength(1);
    room.loudness = 0;
    await vi.advanceTimersByTimeAsync(100);
    while (FakeMediaRecorder.all.length < 2) await vi.advanceTimersByTimeAsync(1);
    expect(FakeMediaRecorder.all.map(({ state }) => state)).toEqual(['recording', 'recording']);
    await pass(100);
    expect(FakeMediaRecorder.all.map(({ state }) => state)).toEqual(['inactive', 'recording']);
    expect(sent).toMatchObject([{ seq: 0, offsetMs: 0 }]);
    await speak(3000);
    act(() => now().stop());
    await pass(100);
    expect(sent.map(({ seq }) => seq)).toEqual([0, 1]);
    expect(at(sent, 1).offsetMs).toBeLessThan(at(sent, 0).durationMs);
    expect(at(sent, 1).take).toBe(at(sent, 0).take);
  });

  test('cuts without a pause after 25 seconds', async () => {
    const { now, sent } = serve();
    act(() => now().start());
    await speak(25_500);
    expect(sent).toHaveLength(1);
    expect(at(sent, 0).durationMs).toBeLessThan(25_500);
  });

  test('sends no silence', async () => {
    const { now, sent } = serve();
    act(() => now().start());
    await hush(60_000);
    act(() => now().stop());
    await pass(100);
    expect(sent).toEqual([]);
    expect(now()).toMatchObject({ status: 'idle', pending: 0 });
  });

  test('sends all of it when nobody can tell silence from speech', async () => {
    vi.stubGlobal('AudioContext', undefined);
    const { now, sent } = serve();
    act(() => now().start());
    await hush(13_000);
    expect(sent).toHaveLength(1);
  });

  test('is finishing until the last words are written down', async () => {
    const { now, sent, words, change } = serve();
    act(() => now().start());
    await speak(3000);
    act(() => now().stop());
    await pass(100);
    expect(now()).toMatchObject({ status: 'finishing', pending: 1, unsent: 0 });
    change({ parts: [done(at(sent, 0), 'All of it.')] });
    expect(now()).toMatchObject({ status: 'idle', pending: 0, heard: { server: 'All of it.' } });
    expect(words()).toEqual(['All of it.']);
  });

  test('keeps parts while the network is gone and sends each once, in order', async () => {
    const { now, sent, upload } = serve();
    upload.mockRejectedValue(new TypeError('Failed to fetch'));
    act(() => now().start());
    await speak(4500);
    await hush(600);
    await speak(4500);
    await hush(600);
    expect(now()).toMatchObject({ status: 'listening', unsent: 2 });
    const before = upload.mock.calls.length;
    expect(before).toBeLessThan(8);
    upload.mockImplementation((part) => {
      sent.push(part);
      return Promise.resolve(queued(part));
    });
    window.dispatchEvent(new Event('online'));
    await pass(10);
    expect(sent.map(({ seq }) => seq)).toEqual([0, 1]);
    expect(now().unsent).toBe(0);
  });

  test('a part the server cannot read is marked, the next goes on', async () => {
    const { now, upload, sent } = serve();
    upload.mockRejectedValueOnce({ type: 'audio-not-recognised', status: 415 });
    act(() => now().start());
    await speak(4500);
    await hush(600);
    await speak(4500);
    await hush(600);
    expect(now()).toMatchObject({ status: 'listening', missing: [{ seq: 0, onServer: false }] });
    expect(sent.map(({ seq }) => seq)).toEqual([1]);
  });

  test('without consent it stops and says so', async () => {
    const { now, upload } = serve();
    upload.mockRejectedValue({ type: 'consent-missing', status: 409 });
    act(() => now().start());
    await speak(4500);
    await hush(5000);
    expect(now()).toMatchObject({ status: 'failed', failure: { kind: 'refused', code: 'consent-missing' } });
    expect(upload).toHaveBeenCalledOnce();
    expect(FakeMediaRecorder.all.every(({ state }) => state === 'inactive')).toBe(true);
  });

  test('a consent taken back stops it at once, and sends nothing that was not sent', async () => {
    const { now, upload } = serve();
    upload.mockRejectedValue(new TypeError('Failed to fetch'));
    act(() => now().start());
    await speak(4500);
    await hush(600);
    await speak(2000);
    const before = upload.mock.calls.length;
    expect(now()).toMatchObject({ status: 'listening', unsent: 1 });
    act(() => now().cancel());
    expect(now()).toMatchObject({ status: 'idle', pending: 0, unsent: 0, missing: [] });
    window.dispatchEvent(new Event('online'));
    await pass(60_000);
    expect(upload).toHaveBeenCalledTimes(before);
    expect(FakeMediaRecorder.all.every(({ state }) => state === 'inactive')).toBe(true);
  });

  test('a lent microphone that its owner closes is replaced by an own one', async () => {
    const own = fakeStream('audio');
    const getUserMedia = vi.fn(() => Promise.resolve(own.stream));
    vi.stubGlobal('navigator', Object.assign(navigator, { mediaDevices: { getUserMedia } }));
    const { now, tracks, change } = serve();
    act(() => now().start());
    await speak(2000);
    act(() => tracks.forEach((track) => track.stop()));
    change({ stream: null });
    await pass(100);
    expect(now()).toMatchObject({ status: 'listening', failure: null });
    expect(getUserMedia).toHaveBeenCalledOnce();
    act(() => now().stop());
    await pass(100);
    expect(own.tracks[0]?.readyState).toBe('ended');
  });

  test('a microphone pulled out in the middle loses no word', async () => {
    const { now, sent, tracks, words, change } = serve();
    act(() => now().start());
    await speak(2000);
    act(() => tracks.forEach((track) => track.unplug()));
    await pass(100);
    expect(now()).toMatchObject({ status: 'failed', failure: { kind: 'unplugged' } });
    expect(sent).toHaveLength(1);
    change({ parts: [done(at(sent, 0), 'until then')] });
    expect(words()).toEqual(['until then']);
  });

  test('another microphone in the middle goes on in a new take', async () => {
    const { now, sent, change } = serve();
    act(() => now().start());
    await speak(2000);
    change({ stream: fakeStream('audio').stream });
    await speak(2000);
    expect(now().status).toBe('listening');
    act(() => now().stop());
    await pass(100);
    expect(sent.map(({ seq }) => seq)).toEqual([0, 0]);
    expect(new Set(sent.map(({ take }) => take)).size).toBe(2);
  });

  test('parts that are written down after handing in are ignored', async () => {
    const { now, sent, words, change } = serve();
    act(() => now().start());
    await speak(3000);
    act(() => now().stop());
    await pass(100);
    act(() => now().discard());
    change({ parts: [done(at(sent, 0), 'too late')] });
    await pass(1000);
    expect(words()).toEqual([]);
    expect(now()).toMatchObject({ status: 'idle', pending: 0 });
  });

  test('the next page of this tab still gets what was under way', async () => {
    const first = serve();
    act(() => first.now().start());
    await speak(3000);
    act(() => first.now().stop());
    await pass(100);
    first.unmount();
    const next = serve({ parts: [queued(at(first.sent, 0))] });
    expect(next.now()).toMatchObject({ status: 'finishing', pending: 1 });
    next.change({ parts: [done(at(first.sent, 0), 'said before the reload')] });
    expect(next.words()).toEqual(['said before the reload']);
  });

  test('opens the microphone itself when none is lent, and closes it', async () => {
    const { stream, tracks } = fakeStream('audio');
    const getUserMedia = vi.fn(() => Promise.resolve(stream));
    vi.stubGlobal('navigator', Object.assign(navigator, { mediaDevices: { getUserMedia } }));
    const { now } = serve({ stream: null, deviceId: 'headset' });
    act(() => now().start());
    await speak(1000);
    expect(now().status).toBe('listening');
    expect(getUserMedia).toHaveBeenCalledOnce();
    act(() => now().stop());
    await pass(100);
    expect(at(tracks, 0).readyState).toBe('ended');
  });

  test('a microphone that is handed over after stop is closed at once', async () => {
    const { stream, tracks } = fakeStream('audio');
    let hand: (stream: MediaStream) => void = () => undefined;
    const getUserMedia = vi.fn(() => new Promise<MediaStream>((resolve) => (hand = resolve)));
    vi.stubGlobal('navigator', Object.assign(navigator, { mediaDevices: { getUserMedia } }));
    const { now } = serve({ stream: null });
    act(() => now().start());
    act(() => now().stop());
    hand(stream);
    await pass(100);
    expect(at(tracks, 0).readyState).toBe('ended');
    expect(FakeMediaRecorder.all).toEqual([]);
    expect(now().status).toBe('idle');
  });

  test('ends by itself after silence when asked to, and not while thinking', async () => {
    const onAutoEnd = vi.fn<() => void>();
    const { now } = serve({ autoEndAfter: 5, onAutoEnd });
    act(() => now().start());
    await speak(2000);
    act(() => now().think(true));
    expect(now().status).toBe('thinking');
    await hush(30_000);
    expect(onAutoEnd).not.toHaveBeenCalled();
    act(() => now().think(false));
    await hush(500);
    expect(now().autoEnd).toEqual({ phase: 'counting', secondsLeft: 5 });
    act(() => now().keepGoing());
    await hush(30_000);
    expect(onAutoEnd).not.toHaveBeenCalled();
    await speak(1000);
    await hush(11_000);
    expect(onAutoEnd).toHaveBeenCalledOnce();
  });

  test('does not end by itself while the page is hidden', async () => {
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    const onAutoEnd = vi.fn();
    const { now } = serve({ autoEndAfter: 4, onAutoEnd });
    act(() => now().start());
    await speak(2000);
    await hush(15_000);
    expect(now().autoEnd.phase).toBe('waiting');
    hidden.mockReturnValue(false);
    await hush(2000);
    expect(now().autoEnd.phase).toBe('counting');
    expect(onAutoEnd).not.toHaveBeenCalled();
  });

  test('the meter shows what it hears', async () => {
    const { now } = serve();
    const levels: number[] = [];
    const end = now().meter.subscribe(({ level }) => levels.push(level));
    act(() => now().start());
    await speak(1000);
    end();
    expect(levels.at(-1)).toBeGreaterThan(0.5);
    expect(now().meter.read()).toMatchObject({ speaking: true, silentSeconds: 0 });
  });
});
