import { expect, test } from 'vitest';

import { PauseDetector } from './pauses';

function feed(detector: PauseDetector, rms: number, seconds: number): void {
  for (let frame = 0; frame < Math.round(seconds / 0.02); frame += 1) detector.feed(rms, 0.02);
}

test.each([
  ['a quiet room', 0.0005, 0.03],
  ['digital silence', 0, 0.02],
  ['a loud fan', 0.012, 0.08],
])('speech and pauses are told apart in %s', (_, silence, voice) => {
  const detector = new PauseDetector();
  feed(detector, silence, 8);
  expect(detector.speaking).toBe(false);
  detector.restart();
  feed(detector, voice, 1);
  expect(detector.speaking).toBe(true);
  expect(detector.silentSeconds).toBe(0);
  feed(detector, silence, 0.4);
  expect(detector.speaking).toBe(false);
  expect(detector.silentSeconds).toBeCloseTo(0.4);
  expect(detector.voicedSeconds).toBeCloseTo(1);
});

test('a long answer with breaths does not become the silence', () => {
  const detector = new PauseDetector();
  feed(detector, 0.001, 1);
  for (let sentence = 0; sentence < 40; sentence += 1) {
    feed(detector, 0.03, 2.5);
    expect(detector.speaking).toBe(true);
    feed(detector, 0.001, 0.2);
    expect(detector.speaking).toBe(false);
  }
});

test('a click is no word', () => {
  const detector = new PauseDetector();
  feed(detector, 0.0005, 1);
  feed(detector, 0.2, 0.04);
  feed(detector, 0.0005, 1);
  expect(detector.voicedSeconds).toBe(0);
  expect(detector.silentSeconds).toBeCloseTo(2.04);
});
