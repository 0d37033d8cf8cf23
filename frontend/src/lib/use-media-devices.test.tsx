import { act, renderHook, waitFor } from '@testing-library/react';
import { StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { fakeStream } from '@/testing/media-fakes';

import { rememberedDevices } from './media-devices';
import { useMediaDevices, useMediaStream } from './use-media-devices';

class FakeDevices extends EventTarget {
  list: Partial<MediaDeviceInfo>[] = [];
  getUserMedia = vi.fn<(wanted: MediaStreamConstraints) => Promise<MediaStream>>();
  enumerateDevices() {
    return Promise.resolve(this.list as MediaDeviceInfo[]);
  }
}

let devices: FakeDevices;

function provide(mediaDevices: FakeDevices | undefined): void {
  Object.defineProperty(navigator, 'mediaDevices', { value: mediaDevices, configurable: true });
}

beforeEach(() => {
  localStorage.clear();
  devices = new FakeDevices();
  provide(devices);
});
afterEach(() => {
  provide(undefined);
  vi.unstubAllGlobals();
});

const strict = { wrapper: StrictMode };
const anyDevice = { camera: null, microphone: null, speaker: null };
const both = { camera: true, microphone: true };

describe('devices', () => {
  test('are listed by kind, nameless ones left out, and follow what is plugged in', async () => {
    devices.list = [{ kind: 'videoinput', deviceId: '', label: '' }];
    const { result } = renderHook(useMediaDevices, strict);
    await waitFor(() => expect(result.current.cameras).toEqual([]));
    expect(result.current.named).toBe(false);
    devices.list = [
      { kind: 'videoinput', deviceId: 'c', label: 'Built-in' },
      { kind: 'audioinput', deviceId: 'm', label: 'Headset' },
      { kind: 'audiooutput', deviceId: 's', label: 'Headset' },
    ];
    act(() => {
      devices.dispatchEvent(new Event('devicechange'));
    });
    await waitFor(() => expect(result.current.named).toBe(true));
    expect(result.current.microphones).toEqual([{ kind: 'microphone', id: 'm', label: 'Headset' }]);
  });

  test('a choice is remembered on this machine', () => {
    const { result } = renderHook(useMediaDevices, strict);
    act(() => result.current.choose('microphone', 'm'));
    expect(result.current.choice.microphone).toBe('m');
    expect(rememberedDevices()).toEqual({ camera: null, microphone: 'm', speaker: null });
  });
});

describe('the stream', () => {
  test('opens from a press, prefers the chosen devices, and closes with the page', async () => {
    const { stream, tracks } = fakeStream('video', 'audio');
    devices.getUserMedia.mockResolvedValue(stream);
    const choice = { ...anyDevice, camera: 'c' };
    const { result, unmount } = renderHook(() => useMediaStream(choice), strict);
    expect(result.current.status).toBe('off');
    expect(devices.getUserMedia).not.toHaveBeenCalled();
    act(() => result.current.open(both));
    expect(result.current.status).toBe('asking');
    await waitFor(() => expect(result.current.stream).toBe(stream));
    expect(devices.getUserMedia.mock.calls[0]?.[0].video).toMatchObject({ deviceId: { ideal: 'c' } });
    unmount();
    expect(tracks.map(({ readyState }) => readyState)).toEqual(['ended', 'ended']);
  });

  test.each([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'none'],
    ['NotReadableError', 'busy'],
    ['TypeError', 'failed'],
  ])('%s is told as %s', async (name, kind) => {
    devices.getUserMedia.mockRejectedValue(new DOMException('', name));
    const { result } = renderHook(() => useMediaStream(anyDevice), strict);
    act(() => result.current.open(both));
    await waitFor(() => expect(result.current.problem?.kind).toBe(kind));
  });

  test.each([
    [true, 'unsupported'],
    [false, 'insecure'],
  ])('without devices in a secure context (%s) it is %s', async (secure, kind) => {
    provide(undefined);
    vi.stubGlobal('isSecureContext', secure);
    const { result } = renderHook(() => useMediaStream(anyDevice), strict);
    act(() => result.current.open(both));
    await waitFor(() => expect(result.current.problem?.kind).toBe(kind));
  });

  test('an unplugged device is a problem, and the other one is let go', async () => {
    const { stream, tracks } = fakeStream('video', 'audio');
    devices.getUserMedia.mockResolvedValue(stream);
    const { result } = renderHook(() => useMediaStream(anyDevice), strict);
    act(() => result.current.open(both));
    await waitFor(() => expect(result.current.status).toBe('on'));
    act(() => tracks[1]?.unplug());
    expect(result.current).toMatchObject({ status: 'failed', problem: { kind: 'unplugged' } });
    expect(tracks[0]?.readyState).toBe('ended');
  });

  test('another choice moves an open stream, and does not open a closed one', async () => {
    const first = fakeStream('audio');
    const second = fakeStream('audio');
    devices.getUserMedia.mockResolvedValueOnce(first.stream).mockResolvedValueOnce(second.stream);
    const { result, rerender } = renderHook((choice) => useMediaStream(choice), {
      ...strict,
      initialProps: { ...anyDevice, microphone: null as string | null },
    });
    rerender({ ...anyDevice, microphone: 'a' });
    expect(devices.getUserMedia).not.toHaveBeenCalled();
    act(() => result.current.open({ camera: false, microphone: true }));
    await waitFor(() => expect(result.current.status).toBe('on'));
    // A camera that is not wanted changes nothing.
    rerender({ ...anyDevice, camera: null, microphone: 'b' });
    await waitFor(() => expect(result.current.stream).toBe(second.stream));
    expect(first.tracks[0]?.readyState).toBe('ended');
  });

  test('what is handed over after closing is stopped at once', async () => {
    const { stream, tracks } = fakeStream('video');
    let hand: (stream: MediaStream) => void = () => undefined;
    devices.getUserMedia.mockReturnValue(new Promise((resolve) => (hand = resolve)));
    const { result } = renderHook(() => useMediaStream(anyDevice), strict);
    act(() => result.current.open(both));
    act(() => result.current.close());
    await act(() => {
      hand(stream);
      return Promise.resolve();
    });
    expect(tracks[0]?.readyState).toBe('ended');
    expect(result.current.status).toBe('off');
  });
});
