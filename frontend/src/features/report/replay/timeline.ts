/**
 * Where on a video something happened. Questions, notices and recordings carry the time of the same clock (the server's),
 * so a place in the video is the distance from its beginning. Knows nothing of the screen.
 */

/** One video: where it begins on the clock, and how long it is. */
export interface Stretch {
  startedAt: string;
  durationS: number;
}

/** A question while it was open. */
export interface Asked {
  id: string;
  position: number;
  asked_at: string | null;
  submitted_at: string | null;
}

/** The part of a video that one question fills, in seconds of the video. */
export interface Segment {
  questionId: string;
  position: number;
  from: number;
  to: number;
}

/** A notice on the video. */
export interface Mark<T> {
  at: number;
  notices: T[];
}

/** How far a time may lie outside a video and still count as its edge: clocks of a browser and a server differ a little. */
const toleranceS = 2;

export function secondsInto(stretch: Stretch, iso: string): number {
  return (Date.parse(iso) - Date.parse(stretch.startedAt)) / 1000;
}

/**
 * The questions of one video in the order of its time. A question ends when it was handed in; a skipped one when the next
 * was asked; the last one with the interview.
 */
export function segmentsOf(stretch: Stretch, questions: Asked[], endedAt: string | null): Segment[] {
  const asked = questions
    .filter((question) => question.asked_at !== null)
    .sort((one, other) => Date.parse(one.asked_at ?? '') - Date.parse(other.asked_at ?? ''));
  return asked.flatMap((question, index) => {
    const until = question.submitted_at ?? asked[index + 1]?.asked_at ?? endedAt;
    const from = Math.max(0, secondsInto(stretch, question.asked_at ?? ''));
    const to = Math.min(stretch.durationS, until === null ? stretch.durationS : secondsInto(stretch, until));
    return to > from ? [{ questionId: question.id, position: question.position, from, to }] : [];
  });
}

/** What is open at a second of the video; between two questions the one before, as it is still being looked at. */
export function segmentAt(segments: Segment[], second: number): Segment | null {
  return segments.findLast(({ from }) => from <= second) ?? null;
}

/** The second of the video at which something began, or null when the video does not show it. */
export function placeIn(stretch: Stretch, startedAt: string, lastedS = 0): number | null {
  const begins = secondsInto(stretch, startedAt);
  if (begins > stretch.durationS + toleranceS || begins + lastedS < -toleranceS) return null;
  return Math.min(Math.max(begins, 0), stretch.durationS);
}

/** The first of several videos that shows a moment. */
export function findPlace<T extends Stretch>(
  stretches: T[],
  startedAt: string,
  lastedS = 0,
): { stretch: T; at: number } | null {
  for (const stretch of stretches) {
    const at = placeIn(stretch, startedAt, lastedS);
    if (at !== null) return { stretch, at };
  }
  return null;
}

interface Noticed {
  started_at: string;
  duration_s: number;
}

/** Notices on the video; those that would lie on top of each other share a mark. */
export function marksOf<T extends Noticed>(stretch: Stretch, notices: T[], apart = 0.03): Mark<T>[] {
  const marks: Mark<T>[] = [];
  const placed = notices.flatMap((notice) => {
    const at = placeIn(stretch, notice.started_at, notice.duration_s);
    return at === null ? [] : [{ at, notice }];
  });
  placed.sort((one, other) => one.at - other.at);
  for (const { at, notice } of placed) {
    const last = marks.at(-1);
    if (last !== undefined && at - last.at < apart * stretch.durationS) last.notices.push(notice);
    else marks.push({ at, notices: [notice] });
  }
  return marks;
}
