import type { Evidence, ReportAnswer } from '@/api/types';

/** The landing page's example: written for it, drawn with the report's own components, and labelled as an example. */

const text =
  'In my second year as a support lead, the product team wanted to close the phone line. They saw the cost, ' +
  'and I heard the calls. I thought it would drive our oldest customers away, but I had no proof. So I listened to ' +
  'forty recorded calls with one of the developers and we wrote down why each person had not used the help page. ' +
  'Twenty-six of them had tried and got stuck at the same step. I showed that one step to the product manager ' +
  'instead of arguing about the line. We mended the page first and kept the phone for another quarter. After that, ' +
  'everyone was happy with how it went.';

function quote(words: string): Evidence {
  const start = text.indexOf(words);
  return { quote: words, start, end: start + words.length };
}

export const exampleAnswer: ReportAnswer = {
  question: {
    id: 'example',
    position: 1,
    kind: 'behavioural',
    competency: { id: 'influence', label: 'Influence' },
    text: 'Tell me about a time you changed somebody’s mind without having the authority to decide.',
    key_points: [],
    suggested_seconds: 150,
    difficulty: 3,
  },
  answer_id: 'example',
  attempt: 1,
  text,
  source: 'typed',
  parts: [],
  duration_s: 164,
  submitted_at: '2026-01-01T10:00:00Z',
  status: 'done',
  status_reason: null,
  can_retry: false,
  self_rating: null,
  analysis: {
    schema_version: 'answer-analysis/1',
    answer_id: 'example',
    question_id: 'example',
    attempt: 1,
    status: 'done',
    status_reason: null,
    provenance: {
      provider: 'offline',
      model: null,
      prompt_version: null,
      rubric_version: 'example',
      fallback_reason: null,
      input_hash: '',
      created_at: '2026-01-01T10:00:00Z',
    },
    words: 118,
    score: null,
    headline: null,
    dimensions: [],
    key_points: [],
    strengths: [
      {
        text: 'Evidence first: you went and found out what you did not know.',
        evidence: quote('I listened to forty recorded calls with one of the developers'),
      },
      {
        text: 'A number that anyone could check carries the whole story.',
        evidence: quote('Twenty-six of them had tried and got stuck at the same step'),
      },
    ],
    gaps: [
      {
        text: 'The ending tells how it felt, and leaves out what changed.',
        fix: 'Close with one figure: how many calls were left a quarter later?',
        dimension: null,
        evidence: quote('everyone was happy with how it went'),
      },
    ],
    missing_facts: [],
    limits: [],
    notices: [],
    quotes_dropped: 0,
  },
};
