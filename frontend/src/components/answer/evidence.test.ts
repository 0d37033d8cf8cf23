import { describe, expect, test } from 'vitest';

import type { AnswerAnalysis, Evidence } from '@/api/types';

import { firstLook, marksOf, notesOf, segmentsOf, type Mark } from './evidence';

function mark(start: number, end: number, note: number | null = null): Mark {
  return { id: `${start}-${end}`, start, end, kind: 'counts', note };
}

function evidence(start: number, end: number): Evidence {
  return { quote: '', start, end };
}

describe('segmentsOf', () => {
  test('keeps every character, whatever is marked', () => {
    const text = 'I stopped the job and wrote to support.';
    const segments = segmentsOf(text, [mark(2, 17), mark(10, 21), mark(0, 1)]);
    expect(segments.map((segment) => segment.text).join('')).toBe(text);
  });

  test('counts code points, so that emoji and rare letters do not shift the marks', () => {
    const text = '👩‍💻 👍 I mended it';
    const start = Array.from(text).join('').indexOf('mended');
    const codePoints = Array.from(text.slice(0, start)).length;
    const segments = segmentsOf(text, [mark(codePoints, codePoints + 6)]);
    expect(segments.find(({ marks }) => marks.length > 0)?.text).toBe('mended');
  });

  test('shares the overlap of two marks', () => {
    const segments = segmentsOf('abcdef', [mark(0, 4), mark(2, 6)]);
    expect(segments.map(({ text, marks }) => [text, marks.length])).toEqual([
      ['ab', 1],
      ['cd', 2],
      ['ef', 1],
    ]);
  });

  test('leaves out marks outside the text', () => {
    expect(segmentsOf('abc', [mark(1, 9), mark(-1, 2), mark(2, 2)])).toEqual([{ text: 'abc', marks: [] }]);
  });

  test('makes nothing of an empty answer', () => {
    expect(segmentsOf('', [mark(0, 1)])).toEqual([]);
  });
});

describe('notesOf and marksOf', () => {
  const analysis: AnswerAnalysis = {
    schema_version: 'answer-analysis/1',
    answer_id: 'a',
    question_id: 'q',
    attempt: 1,
    status: 'done',
    status_reason: null,
    provenance: {
      provider: 'offline',
      model: null,
      prompt_version: null,
      rubric_version: 'test',
      fallback_reason: null,
      input_hash: '',
      created_at: '2026-01-01T00:00:00Z',
    },
    words: 10,
    score: null,
    headline: null,
    dimensions: [],
    missing_facts: [],
    limits: [],
    notices: [],
    quotes_dropped: 0,
    strengths: [{ text: 'late', evidence: evidence(20, 25) }],
    gaps: [
      { text: 'whole', fix: 'f', dimension: null, evidence: null },
      { text: 'early', fix: 'f', dimension: null, evidence: evidence(3, 8) },
    ],
    key_points: [{ id: 'a', text: 'a', covered: true, evidence: [evidence(20, 25), evidence(30, 33)] }],
  };

  test('numbers notes in the order of the words, those about the whole answer last and unnumbered', () => {
    expect(notesOf(analysis).map(({ text, number }) => [text, number])).toEqual([
      ['early', 1],
      ['late', 2],
      ['whole', null],
    ]);
  });

  test('marks the same words once, with the number of the note about them', () => {
    const marks = marksOf(analysis, notesOf(analysis));
    expect(marks.map(({ id, kind, note }) => [id, kind, note])).toEqual([
      ['3-8', 'gap', 1],
      ['20-25', 'counts', 2],
      ['30-33', 'counts', null],
    ]);
  });
});

describe('firstLook', () => {
  test('shows a short answer whole', () => {
    expect(firstLook('word '.repeat(100))).toBeNull();
  });

  test('cuts a long one between words', () => {
    const text = 'word '.repeat(2000);
    const cut = firstLook(text) ?? 0;
    expect(text[cut]).toBe(' ');
    expect(cut).toBeLessThanOrEqual(1200);
  });
});
