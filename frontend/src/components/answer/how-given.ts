import type { AnswerTranscript } from '@/api/types';

const places: Record<AnswerTranscript['engine'], string> = {
  server: 'written down by this server’s engine',
  on_device: 'written down on the device',
  browser: 'written down by the browser’s own engine',
};

/** What there is to say of speech that became text. */
export type HowHeard = Pick<AnswerTranscript, 'engine' | 'edit_ratio'>;

/**
 * How an answer came about: "written", or "spoken, written down by this server’s engine, 4 % changed by you". `by` is whoever
 * reads it: to the candidate it is "you".
 */
export function howGiven(
  source: 'typed' | 'voice',
  transcript: HowHeard | null | undefined,
  by = 'you',
): string {
  if (transcript == null) return source === 'voice' ? 'spoken' : 'written';
  return `spoken, ${places[transcript.engine]}, ${changed(transcript.edit_ratio, by)}`;
}

function changed(ratio: number | null, by: string): string {
  if (ratio === null) return `in part; the rest written by ${by}`;
  if (ratio === 0) return 'nothing changed afterwards';
  const percent = Math.round(ratio * 100);
  return `${percent < 1 ? 'less than 1' : percent} % changed by ${by}`;
}
