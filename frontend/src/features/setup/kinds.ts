import type { QuestionKind } from '@/api/types';

/** What a kind of question asks for, in words a newcomer knows. */
export const kinds: { id: QuestionKind; label: string; detail: string }[] = [
  { id: 'behavioural', label: 'Behavioural', detail: 'Something you did: “Tell me about a time…”' },
  { id: 'situational', label: 'Situational', detail: 'Something you would do: “Imagine that…”' },
  { id: 'technical', label: 'Technical', detail: 'Knowledge of the craft, explained' },
  { id: 'system_design', label: 'System design', detail: 'A plan for something larger, with its trade-offs' },
  { id: 'role_specific', label: 'Specific to the job', detail: 'What only people in this job are asked' },
];

/** Seconds one question takes with thinking and writing; a rule of thumb for the summary, never a limit. */
export const secondsPerQuestion = 180;
