import { expect, test } from 'vitest';

import { cuesOf, webVtt } from './captions';

const segment = { questionId: 'q1', position: 1, from: 10, to: 50 };
const words = (answer: string | null) => new Map([['q1', { question: 'Which bug?', answer }]]);

test('cuesOf shows the question alone where nothing was said', () => {
  expect(cuesOf([segment], words(null))).toEqual([{ from: 10, to: 50, text: 'Which bug?' }]);
});

test('cuesOf shares the time of an answer among its sentences by their length', () => {
  const cues = cuesOf([segment], words('Mine. The one with the time.'));
  expect(cues.map(({ text }) => text)).toEqual(['Which bug?', 'Mine.', 'The one with the time.']);
  expect(cues[1]?.from).toBe(18);
  expect(cues.at(-1)?.to).toBeCloseTo(50);
  const [, short, long] = cues.map(({ from, to }) => to - from);
  expect(long).toBeGreaterThan(short ?? 0);
});

test('cuesOf says nothing of a question without words', () => {
  expect(cuesOf([segment], new Map())).toEqual([]);
});

test('webVtt writes times to the millisecond and keeps marks of its own out of the text', () => {
  expect(webVtt([{ from: 3661.5, to: 3662.25, text: 'a < b\n& c --> d' }])).toBe(
    'WEBVTT\n\n01:01:01.500 --> 01:01:02.250\na &lt; b &amp; c --&gt; d',
  );
});
