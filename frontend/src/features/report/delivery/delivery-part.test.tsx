import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';

import type { Delivery } from '@/api/types';

import { DeliveryPart } from './delivery-part';

afterEach(cleanup);

const typed: Delivery = {
  schema_version: 'delivery/1',
  spoken: false,
  pace: null,
  fillers: null,
  hedges: { count: 1, per_100_words: 1, by_phrase: [{ phrase: 'maybe', count: 1 }], places: [] },
  pauses: null,
  repetition: { variety: null, phrases: [] },
  length: { words: 100, seconds: null, suggested_seconds: 120 },
  ownership: { i: 3, we: 1, note: null },
  readability: { sentences: 5, words_per_sentence: 20, flesch: 60 },
  not_measurable: [],
};

test('a typed answer shows no pace and no pauses, and says that nothing counts', () => {
  render(<DeliveryPart delivery={typed} />);
  expect(screen.getByText(/none of this counts towards your score/)).toBeDefined();
  expect(screen.getByText(/1 hedging phrase: “maybe” 1×/)).toBeDefined();
  expect(screen.queryByText(/per minute|pause|filler/)).toBeNull();
});

test('filler words are the least there can have been', () => {
  const fillers = {
    count: 3,
    per_100_words: 2.5,
    by_phrase: [
      { phrase: 'um', count: 2 },
      { phrase: 'you know', count: 1 },
    ],
    places: [],
  };
  render(<DeliveryPart delivery={{ ...typed, spoken: true, fillers }} />);
  const line = /At least 3 filler words: “um” 2×, “you know” 1×. That is 2.5 per 100 words./;
  expect(screen.getByText(line)).toBeDefined();
});

test('what could not be measured is named with its reason, and is not zero', () => {
  const missing = [{ metric: 'fillers', reason: 'The engine leaves them out.' }];
  render(<DeliveryPart delivery={{ ...typed, spoken: true, not_measurable: missing }} />);
  expect(screen.getByText(/Not measured: fillers. The engine leaves them out./)).toBeDefined();
  expect(screen.queryByText(/0 filler/)).toBeNull();
});
