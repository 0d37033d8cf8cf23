import { afterEach, expect, test } from 'vitest';

import { learnServerTime, serverTime } from './server-clock';

const ours = Date.parse('2026-01-01T10:00:00.000Z');
const minutes = 60_000;
const answer = (ahead: number) => learnServerTime(new Date(ours + ahead).toUTCString(), ours);

afterEach(() => answer(0));

test('a clock that agrees within what the header can tell is left alone', () => {
  answer(2000);
  expect(serverTime(ours)).toBe(ours);
  learnServerTime(null, ours);
  learnServerTime('no date', ours);
  expect(serverTime(ours)).toBe(ours);
});

test('a clock that is ten minutes off, either way, is told in the server’s time', () => {
  answer(10 * minutes);
  expect(serverTime(ours)).toBe(ours + 10 * minutes);
  answer(-10 * minutes);
  expect(serverTime(ours)).toBe(ours - 10 * minutes);
});

test('answers that took a little longer do not move it, and a clock that was set right is believed', () => {
  answer(10 * minutes);
  answer(10 * minutes - 1000);
  answer(10 * minutes + 2000);
  expect(serverTime(ours)).toBe(ours + 10 * minutes);
  answer(1000);
  expect(serverTime(ours)).toBe(ours);
});
