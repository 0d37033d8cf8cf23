import { expect, test } from 'vitest';

import { PresenceCounter } from './presence-counter';
import type { Sample } from './types';

const start = 1_700_000_000_000;
const happy: Sample = {
  at: start,
  faces: 1,
  doubtful: 0,
  yaw: 2,
  pitch: 7,
  confidence: 0.9,
  size: 0.5,
  cut: false,
  expression: 'happy',
  brightness: 0.4,
  tookMs: 50,
};
const resting = { yaw: 2, pitch: 7, at: start };

function counter(earlier?: ConstructorParameters<typeof PresenceCounter>[2]) {
  return new PresenceCounter(start, 12, earlier);
}

test('counts readable frames only, and their expressions add up to them', () => {
  const counts = counter();
  counts.add(happy, resting);
  counts.add({ ...happy, expression: 'neutral', yaw: 20 }, resting);
  const unreadable: Partial<Sample>[] = [
    { faces: 0 },
    { faces: 2 },
    { expression: null },
    { confidence: 0.3 },
    { cut: true },
    { size: 0.05 },
    { brightness: 0.05 },
  ];
  for (const what of unreadable) counts.add({ ...happy, ...what }, resting);
  const got = counts.counts(start + 12_340);
  expect(got).toMatchObject({ seconds: 12.3, samples: 9, readable: 2, facing: 1 });
  expect(got.expressions).toMatchObject({ happy: 1, neutral: 1, sad: 0 });
  expect(Object.values(got.expressions).reduce((sum, count) => sum + count)).toBe(got.readable);
});

test('without a baseline nobody knows who faces what; with a late one the earlier frames are judged too', () => {
  const counts = counter();
  counts.add({ ...happy, yaw: 30 }, null);
  counts.add(happy, null);
  expect(counts.counts(start).facing).toBeNull();
  counts.add(happy, resting);
  expect(counts.counts(start)).toMatchObject({ readable: 3, facing: 2 });
});

test('goes on after a refresh', () => {
  const before = counter();
  before.add(happy, resting);
  const after = counter(before.counts(start + 5000));
  after.add({ ...happy, expression: 'sad' }, resting);
  expect(after.counts(start + 2000)).toMatchObject({ seconds: 7, samples: 2, readable: 2, facing: 2 });
});

test('does not judge half of an answer', () => {
  const before = counter();
  before.add(happy, null);
  const after = counter(before.counts(start + 5000));
  after.add(happy, resting);
  expect(after.counts(start)).toMatchObject({ readable: 2, facing: null });
});
