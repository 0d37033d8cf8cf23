import { afterEach, expect, test, vi } from 'vitest';

import { fakeStream } from '@/testing/media-fakes';

import { LevelMeter } from './level-meter';

/** As in a browser: closing a second time fails, and while it closes the state still says "running". */
class FakeAudioContext {
  static closed = 0;
  static deaf = false;
  readonly state = 'running';
  readonly currentTime = 0;
  createMediaStreamSource() {
    if (FakeAudioContext.deaf) throw new DOMException('no audio track', 'InvalidStateError');
    return { connect: () => undefined, disconnect: () => undefined };
  }
  createAnalyser() {
    return { fftSize: 0 };
  }
  resume() {
    return Promise.resolve();
  }
  close() {
    FakeAudioContext.closed += 1;
    return FakeAudioContext.closed === 1
      ? Promise.resolve()
      : Promise.reject(new DOMException('closed', 'InvalidStateError'));
  }
}

afterEach(() => vi.unstubAllGlobals());

test.each([
  ['with sound', false],
  ['without', true],
])('%s the audio context is closed once, however often the meter is ended', (_, deaf) => {
  Object.assign(FakeAudioContext, { closed: 0, deaf });
  vi.stubGlobal('AudioContext', FakeAudioContext);
  const meter = new LevelMeter(fakeStream('audio').stream);
  meter.end();
  meter.end();
  expect(FakeAudioContext.closed).toBe(1);
});
