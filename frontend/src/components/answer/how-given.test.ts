import { expect, test } from 'vitest';

import { howGiven } from './how-given';

const transcript = (edit_ratio: number) => ({ engine: 'server' as const, heard: 'a', edit_ratio });

test('howGiven tells typed from spoken', () => {
  expect(howGiven('typed', null)).toBe('written');
  expect(howGiven('voice', null)).toBe('spoken');
});

test('howGiven says where speech became text and how much was changed', () => {
  expect(howGiven('voice', transcript(0.04))).toBe(
    'spoken, written down by this server’s engine, 4 % changed by you',
  );
  expect(howGiven('voice', transcript(0.001), 'the candidate')).toBe(
    'spoken, written down by this server’s engine, less than 1 % changed by the candidate',
  );
  expect(howGiven('voice', transcript(0))).toBe(
    'spoken, written down by this server’s engine, nothing changed afterwards',
  );
  expect(howGiven('voice', { ...transcript(0), edit_ratio: null })).toBe(
    'spoken, written down by this server’s engine, in part; the rest written by you',
  );
  expect(howGiven('voice', { ...transcript(1), engine: 'browser' })).toContain('browser’s own engine, 100 %');
});
