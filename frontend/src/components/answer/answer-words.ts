import type { AnswerAnalysis, DimensionResult } from '@/api/types';

type AnswerType = NonNullable<AnswerAnalysis['answer_type']>;
type Star = NonNullable<AnswerAnalysis['star']>;
type StarElement = Star['elements'][number];

const types: Record<AnswerType, string> = {
  story: 'A story: one case, told through',
  pseudo_story: 'Told like a story, but of no single case',
  example: 'An example, named but not told',
  opinion: 'An opinion, without a case',
  self_description: 'A description of habits and traits',
  technical_explanation: 'A technical explanation',
  non_answer: 'No attempt at an answer',
};

/** What kind of answer it is, in words; null when nobody judged that. */
export function typeOfAnswer(analysis: Pick<AnswerAnalysis, 'answer_type'>): string | null {
  return analysis.answer_type == null ? null : types[analysis.answer_type];
}

export const starNames: Record<StarElement['name'], string> = {
  situation: 'Situation',
  task: 'Task',
  action: 'Action',
  result: 'Result',
};

export const starStates: Record<StarElement['state'], string> = {
  present: 'told',
  thin: 'only touched',
  absent: 'not found',
};

const sure: Record<NonNullable<DimensionResult['uncertainty']>, string> = {
  low: 'Fairly certain',
  medium: 'Somewhat uncertain',
  high: 'Uncertain',
};

/** How sure a level is, and what a second rater gave where it gave another; null when it is not known. */
export function certainty({ uncertainty, rater_levels: levels }: DimensionResult): string | null {
  if (uncertainty == null) return null;
  const [first, second] = levels;
  const apart = first !== undefined && second !== undefined && first !== second;
  return apart ? `${sure[uncertainty]}: a second rater gave level ${second}` : sure[uncertainty];
}

const notices: Record<AnswerAnalysis['notices'][number], string> = {
  instruction_attempt_ignored:
    'The answer holds words that read like instructions to the judge. They were given no credit.',
  transcript_edited: 'What was heard was edited before it was handed in. The edited text was judged.',
  transcript_incomplete: 'A part of what was said never became text. The text that was handed in was judged.',
};

/** What to know about how this judgement came about, a sentence each. */
export function noticesOf({
  notices: found,
  quotes_dropped: dropped,
}: Pick<AnswerAnalysis, 'notices' | 'quotes_dropped'>): string[] {
  const sentences = found.map((notice) => notices[notice]);
  if (dropped === 1)
    sentences.push(
      'One quote the judge gave is not in the answer. It was left out, and counts as no evidence.',
    );
  if (dropped > 1)
    sentences.push(
      `${dropped} quotes the judge gave are not in the answer. They were left out, and count as no evidence.`,
    );
  return sentences;
}
