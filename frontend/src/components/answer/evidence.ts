import type { AnswerAnalysis, Evidence } from '@/api/types';

/** A stretch of an answer that something is said about. Offsets count Unicode code points, as the server does. */
export interface Mark {
  id: string;
  start: number;
  end: number;
  /** `counts`: it supports a level, a key point or a strength. `gap`: it is where something is missing. */
  kind: 'counts' | 'gap';
  /** The number of the note in the margin, when one belongs to it. */
  note: number | null;
}

export interface Segment {
  text: string;
  marks: Mark[];
}

export function markId(evidence: Evidence): string {
  return `${evidence.start}-${evidence.end}`;
}

/** A note in the margin: a strength, or a gap with what to do about it. */
export interface Note {
  number: number | null;
  kind: 'strength' | 'gap';
  text: string;
  fix: string | null;
  evidence: Evidence | null;
}

/** Strengths and gaps in the order in which their words stand in the answer; those about the whole answer come last. */
export function notesOf(analysis: AnswerAnalysis): Note[] {
  const notes: Note[] = [
    ...analysis.strengths.map(({ text, evidence }): Note => ({
      number: null,
      kind: 'strength',
      text,
      fix: null,
      evidence,
    })),
    ...analysis.gaps.map(({ text, fix, evidence }): Note => ({
      number: null,
      kind: 'gap',
      text,
      fix,
      evidence,
    })),
  ];
  notes.sort((a, b) => (a.evidence?.start ?? Infinity) - (b.evidence?.start ?? Infinity) || 0);
  let number = 0;
  return notes.map((note) => (note.evidence === null ? note : { ...note, number: ++number }));
}

/** Everything to mark in the answer. The same words are marked once, numbered if a note is about them. */
export function marksOf(analysis: AnswerAnalysis, notes: Note[]): Mark[] {
  const marks = new Map<string, Mark>();
  function add(evidence: Evidence, kind: Mark['kind'], note: number | null): void {
    const id = markId(evidence);
    const known = marks.get(id);
    if (known === undefined) marks.set(id, { id, start: evidence.start, end: evidence.end, kind, note });
    else known.note ??= note;
  }
  for (const { evidence, kind, number } of notes)
    if (evidence !== null) add(evidence, kind === 'gap' ? 'gap' : 'counts', number);
  for (const dimension of analysis.dimensions)
    dimension.evidence.forEach((evidence) => add(evidence, 'counts', null));
  for (const point of analysis.key_points)
    point.evidence.forEach((evidence) => add(evidence, 'counts', null));
  for (const part of analysis.star?.elements ?? [])
    part.evidence.forEach((evidence) => add(evidence, 'counts', null));
  return [...marks.values()];
}

/**
 * Cuts an answer where marks begin and end, so that overlapping marks share pieces. A mark that lies outside the
 * text is left out: better unmarked than marked wrongly.
 */
export function segmentsOf(text: string, marks: readonly Mark[]): Segment[] {
  const letters = Array.from(text);
  const valid = marks.filter(({ start, end }) => start >= 0 && start < end && end <= letters.length);
  const cuts = [...new Set([0, letters.length, ...valid.flatMap(({ start, end }) => [start, end])])].sort(
    (a, b) => a - b,
  );
  const segments: Segment[] = [];
  for (let index = 0; index + 1 < cuts.length; index += 1) {
    const from = cuts[index] ?? 0;
    const to = cuts[index + 1] ?? 0;
    segments.push({
      text: letters.slice(from, to).join(''),
      marks: valid.filter(({ start, end }) => start <= from && end >= to),
    });
  }
  return segments;
}

/** Where to cut a long answer for a first look: at a space near `wanted` code points, or nowhere if it is short enough. */
export function firstLook(text: string, wanted = 1200): number | null {
  const letters = Array.from(text);
  if (letters.length <= wanted * 1.4) return null;
  for (let at = wanted; at > wanted - 200; at -= 1)
    if (letters[at] === ' ' || letters[at] === '\n') return at;
  return wanted;
}
