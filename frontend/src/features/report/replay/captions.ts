import type { Segment } from './timeline';

export interface Cue {
  from: number;
  to: number;
  text: string;
}

export interface Spoken {
  question: string;
  /** Null when nothing was said: a typed or a skipped answer. */
  answer: string | null;
}

/** How long a question stands as a caption when it is followed by an answer. */
const readingS = 8;

/**
 * Captions of a video: the question, then the answer sentence by sentence. When each sentence was said is not known, only
 * when the question was open: they share that time by their length, which is said beside the video.
 */
export function cuesOf(segments: Segment[], spoken: ReadonlyMap<string, Spoken>): Cue[] {
  return segments.flatMap(({ questionId, from, to }) => {
    const words = spoken.get(questionId);
    if (words === undefined) return [];
    const sentences = words.answer === null ? [] : sentencesOf(words.answer);
    if (sentences.length === 0) return [{ from, to, text: words.question }];
    const begins = from + Math.min(readingS, (to - from) / 4);
    const letters = sentences.reduce((sum, sentence) => sum + sentence.length, 0);
    let at = begins;
    const said = sentences.map((text) => {
      const cue = { from: at, to: at + ((to - begins) * text.length) / letters, text };
      at = cue.to;
      return cue;
    });
    return [{ from, to: begins, text: words.question }, ...said];
  });
}

function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?…])\s+|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

/** The captions as a WebVTT file. */
export function webVtt(cues: Cue[]): string {
  const blocks = cues.map(({ from, to, text }) => `${stamp(from)} --> ${stamp(to)}\n${escaped(text)}`);
  return ['WEBVTT', ...blocks].join('\n\n');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/\s+/g, ' ');
}

function stamp(seconds: number): string {
  const milliseconds = Math.round(seconds * 1000);
  const part = (size: number, of: number, digits: number) =>
    String(Math.floor(milliseconds / size) % of).padStart(digits, '0');
  const hours = String(Math.floor(milliseconds / 3_600_000)).padStart(2, '0');
  return `${hours}:${part(60_000, 60, 2)}:${part(1000, 60, 2)}.${part(1, 1000, 3)}`;
}
