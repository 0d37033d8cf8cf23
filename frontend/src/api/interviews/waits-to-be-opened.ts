import type { InterviewSummary } from '@/api/types';

/** The report is there, and the candidate has neither rated their answers nor skipped that. */
export function waitsToBeOpened(interview: InterviewSummary): boolean {
  const made = interview.report_status !== 'none' && interview.report_status !== 'pending';
  return interview.status === 'completed' && made && !interview.report_revealed;
}
