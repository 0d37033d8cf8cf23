import { describe, expect, test } from 'vitest';

import { findPlace, marksOf, placeIn, segmentAt, segmentsOf, type Asked } from './timeline';

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 10) + seconds * 1000).toISOString();
const stretch = (from: number, durationS: number) => ({ startedAt: at(from), durationS });

function asked(position: number, from: number | null, to: number | null): Asked {
  return {
    id: `q${position}`,
    position,
    asked_at: from === null ? null : at(from),
    submitted_at: to === null ? null : at(to),
  };
}

describe('segmentsOf', () => {
  test('measures questions from the beginning of the video', () => {
    expect(segmentsOf(stretch(5, 200), [asked(1, 5, 65), asked(2, 67, 155)], at(160))).toEqual([
      { questionId: 'q1', position: 1, from: 0, to: 60 },
      { questionId: 'q2', position: 2, from: 62, to: 150 },
    ]);
  });

  test('ends a skipped question when the next one was asked, and the last one with the interview', () => {
    const segments = segmentsOf(stretch(0, 500), [asked(1, 0, null), asked(2, 30, null)], at(100));
    expect(segments.map(({ from, to }) => [from, to])).toEqual([
      [0, 30],
      [30, 100],
    ]);
  });

  test('cuts a question at the edges of a video that begins or ends in its middle', () => {
    expect(segmentsOf(stretch(40, 30), [asked(1, 0, 200)], null)).toEqual([
      { questionId: 'q1', position: 1, from: 0, to: 30 },
    ]);
  });

  test('leaves out what another part of the video shows, and what was never asked', () => {
    expect(
      segmentsOf(stretch(100, 50), [asked(1, 0, 60), asked(2, 300, 400), asked(3, null, null)], null),
    ).toEqual([]);
  });

  test('follows the order of time when questions are listed otherwise', () => {
    const segments = segmentsOf(stretch(0, 100), [asked(2, 50, 90), asked(1, 0, null)], null);
    expect(segments.map(({ position, to }) => [position, to])).toEqual([
      [1, 50],
      [2, 90],
    ]);
  });
});

describe('segmentAt', () => {
  const segments = segmentsOf(stretch(0, 200), [asked(1, 10, 60), asked(2, 70, 150)], null);

  test('keeps the last question in the pause after it', () => {
    expect(segmentAt(segments, 65)?.position).toBe(1);
    expect(segmentAt(segments, 70)?.position).toBe(2);
    expect(segmentAt(segments, 199)?.position).toBe(2);
  });

  test('knows of no question before the first', () => {
    expect(segmentAt(segments, 3)).toBeNull();
  });
});

describe('placeIn', () => {
  test('takes what began a moment before the video to its beginning', () => {
    expect(placeIn(stretch(10, 60), at(9))).toBe(0);
  });

  test('shows what began earlier and lasted into the video', () => {
    expect(placeIn(stretch(100, 60), at(50))).toBeNull();
    expect(placeIn(stretch(100, 60), at(50), 55)).toBe(0);
  });

  test('says so when the video had ended', () => {
    expect(placeIn(stretch(0, 60), at(70))).toBeNull();
    expect(placeIn(stretch(0, 60), at(61))).toBe(60);
  });
});

test('findPlace takes the part that shows the moment', () => {
  const parts = [
    { ...stretch(0, 60), id: 'one' },
    { ...stretch(90, 60), id: 'two' },
  ];
  expect(findPlace(parts, at(100))).toMatchObject({ stretch: { id: 'two' }, at: 10 });
  expect(findPlace(parts, at(75))).toBeNull();
});

test('marksOf joins notices that would cover each other', () => {
  const notice = (from: number) => ({ started_at: at(from), duration_s: 1 });
  const marks = marksOf(stretch(0, 100), [notice(50), notice(10), notice(11), notice(400)]);
  expect(marks.map((mark) => [mark.at, mark.notices.length])).toEqual([
    [10, 2],
    [50, 1],
  ]);
});
