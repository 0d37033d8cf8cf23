import type { AskedQuestion, InterviewQuestion } from '@/api/types';

/** The questions of an interview with their follow-ups, in the order in which they are asked. */
export function everyQuestion(questions: InterviewQuestion[]): AskedQuestion[] {
  return questions.flatMap((question) => [question, ...question.follow_ups]);
}
