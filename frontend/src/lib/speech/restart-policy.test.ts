import { expect, test } from 'vitest';

import { RestartPolicy, type SessionEnd } from './restart-policy';

const end = (more: Partial<SessionEnd> = {}): SessionEnd => ({
  words: false,
  error: null,
  seconds: 8,
  thinking: false,
  ...more,
});

function attempts(policy: RestartPolicy, how: SessionEnd): number {
  let tries = 1;
  while ('restartAfterMs' in policy.next(how) && tries < 1000) tries += 1;
  return tries;
}

test.each(['not-allowed', 'service-not-allowed', 'audio-capture', 'language-not-supported', 'network'])(
  '%s before the first word is believed at once',
  (error) => {
    expect(attempts(new RestartPolicy(), end({ error, seconds: 0.01 }))).toBe(1);
  },
);

test('silence is given three sessions', () => {
  expect(attempts(new RestartPolicy(), end({ error: 'no-speech' }))).toBe(3);
  expect(attempts(new RestartPolicy(), end())).toBe(3);
});

test('after real words a lost network is tried again, later each time, then given up', () => {
  const policy = new RestartPolicy();
  expect(policy.next(end({ words: true }))).toEqual({ restartAfterMs: 300 });
  const failing = end({ error: 'network', seconds: 0.01 });
  expect([policy.next(failing), policy.next(failing), policy.next(failing)]).toEqual([
    { restartAfterMs: 1200 },
    { restartAfterMs: 4800 },
    { giveUp: 'network' },
  ]);
});

test('words start the count over', () => {
  const policy = new RestartPolicy();
  for (let minute = 0; minute < 20; minute += 1) {
    expect(policy.next(end({ words: true }))).toHaveProperty('restartAfterMs');
    expect(policy.next(end({ error: 'no-speech' }))).toHaveProperty('restartAfterMs');
  }
});

test('thinking may take a while, but not for ever, and not in a storm', () => {
  expect(attempts(new RestartPolicy(), end({ thinking: true }))).toBe(43);
  expect(attempts(new RestartPolicy(), end({ thinking: true, seconds: 0.01 }))).toBe(3);
});
