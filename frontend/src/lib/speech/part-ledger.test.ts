import { expect, test } from 'vitest';

import { PartLedger } from './part-ledger';
import type { SpeechPart } from './types';

function part(seq: number, status: SpeechPart['status'], text: string | null = null, take = 'a'): SpeechPart {
  return { take, seq, status, text, reason: null, offset_ms: seq * 5000, duration_ms: 5000 };
}

function recorded(...seqs: number[]): PartLedger {
  const ledger = new PartLedger();
  ledger.begin('a');
  for (const seq of seqs) ledger.add('a', seq, seq * 5000, 5000);
  return ledger;
}

const words = (ledger: PartLedger) => ledger.give().map(({ text }) => text);

test('words come in the order they were said, whatever order they arrive in', () => {
  const ledger = recorded(0, 1, 2);
  ledger.hear(part(2, 'done', 'three'));
  ledger.hear(part(1, 'done', 'two'));
  expect(words(ledger)).toEqual([]);
  expect(ledger.pending).toBe(1);
  ledger.hear(part(0, 'done', ' one '));
  expect(words(ledger)).toEqual(['one', 'two', 'three']);
  expect(ledger.heard).toBe('one two three');
});

test('the same news twice, and older news later, give words once', () => {
  const ledger = recorded(0);
  ledger.hear(part(0, 'done', 'once'));
  expect(words(ledger)).toEqual(['once']);
  ledger.hear(part(0, 'done', 'once'));
  ledger.hear(part(0, 'running'));
  expect(words(ledger)).toEqual([]);
  expect(ledger.pending).toBe(0);
});

test('a failed part holds nobody up and leaves its mark beside the text', () => {
  const ledger = recorded(0, 1, 2);
  ledger.hear(part(0, 'done', 'one'));
  ledger.hear({ ...part(1, 'failed'), reason: 'no speech found' });
  ledger.hear(part(2, 'done', 'three'));
  expect(words(ledger)).toEqual(['one', 'three']);
  expect(ledger.heard).toBe('one three');
  expect(ledger.missing).toMatchObject([
    { seq: 1, mark: '[part not written down]', reason: 'no speech found', onServer: true },
  ]);
  ledger.dismiss('a', 1);
  expect(ledger.missing).toEqual([]);
});

test('a part that succeeds at a second try knows between which words it belongs', () => {
  const ledger = recorded(0, 1, 2);
  ledger.hear(part(0, 'done', 'one'));
  ledger.hear(part(1, 'failed'));
  ledger.hear(part(2, 'done', 'three'));
  ledger.give();
  ledger.hear(part(1, 'queued'));
  expect([ledger.pending, ledger.missing.length]).toEqual([1, 0]);
  ledger.add('a', 3, 15_000, 5000);
  ledger.hear(part(3, 'done', 'four'));
  expect(words(ledger)).toEqual(['four']);
  ledger.hear(part(1, 'done', 'two'));
  expect(ledger.give()).toMatchObject([{ text: 'two', before: 'one', after: 'three' }]);
  expect(ledger.heard).toBe('one two three four');
});

test('takes keep their order too', () => {
  const ledger = recorded(0);
  ledger.begin('b');
  ledger.add('b', 0, 0, 5000);
  ledger.hear(part(0, 'done', 'second press', 'b'));
  expect(words(ledger)).toEqual([]);
  ledger.hear(part(0, 'dropped'));
  expect(words(ledger)).toEqual(['second press']);
});

test('another tab’s takes are none of ours', () => {
  const ledger = recorded(0);
  ledger.hear(part(0, 'done', 'theirs', 'z'));
  expect(words(ledger)).toEqual([]);
  expect(ledger.heard).toBe('');
});

test('a reload neither loses nor repeats words', () => {
  const ledger = recorded(0, 1);
  ledger.hear(part(0, 'done', 'one'));
  ledger.give();
  const next = new PartLedger(ledger.toRemember());
  next.hear(part(0, 'done', 'one'));
  next.hear(part(1, 'running'));
  expect(words(next)).toEqual([]);
  expect(next.pending).toBe(1);
  next.hear(part(1, 'done', 'two'));
  expect(words(next)).toEqual(['two']);
  expect(next.heard).toBe('one two');
});

test('what cannot be sent is missing, and says so', () => {
  const ledger = recorded(0, 1);
  ledger.hear(part(0, 'done', 'one'));
  ledger.refuse('a', 0, 'too late: it is written down');
  ledger.refuse('a', 1, 'audio-not-recognised');
  expect(ledger.missing).toMatchObject([{ seq: 1, reason: 'audio-not-recognised', onServer: false }]);
  expect(words(ledger)).toEqual(['one']);
});

test('silence that was written down as nothing adds nothing', () => {
  const ledger = recorded(0, 1);
  ledger.hear(part(0, 'done', '  '));
  ledger.hear(part(1, 'done', 'word'));
  expect(words(ledger)).toEqual(['word']);
});
