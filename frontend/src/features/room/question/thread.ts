import type { AskedQuestion, Interview } from '@/api/types';
import { everyQuestion } from '@/components/session/every-question';

/** What is being asked: a question, or a follow-up to one. */
export function currentQuestion(interview: Interview): AskedQuestion | undefined {
  return everyQuestion(interview.questions).find(({ id }) => id === interview.current_question_id);
}

/** What was asked and answered before a follow-up, from its question on; nothing before a question itself. */
export function askedBefore(interview: Interview, question: AskedQuestion): AskedQuestion[] {
  if (question.follow_up === null) return [];
  const thread = everyQuestion(interview.questions).filter(({ position }) => position === question.position);
  return thread.slice(
    0,
    thread.findIndex(({ id }) => id === question.id),
  );
}

/** Whether handing this in ends the interview for sure: it is the last question, and no follow-up can come. */
export function isLast(interview: Interview, question: AskedQuestion): boolean {
  const asked = question.follow_up?.number ?? 0;
  return question.position === interview.questions.length && asked >= interview.follow_ups;
}
