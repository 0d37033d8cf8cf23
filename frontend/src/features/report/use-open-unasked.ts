import { useEffect, useRef } from 'react';

import { isSettled } from '@/api/interviews/use-live-interview';
import { useOpenReport } from '@/api/reports/rate-answers';
import type { Interview, Report } from '@/api/types';

/**
 * Asks for a report that has nothing to rate, once, where it is not open for everybody. That comes of processes of two
 * versions side by side: this page would wait for it for good, or the lists call it unopened for good.
 */
export function useOpenUnasked(interview: Interview, report: Report | undefined, rating: boolean) {
  const open = useOpenReport(interview.id);
  const { mutate } = open;
  const made = report !== undefined && report.status !== 'pending';
  const missed = made && !(report.revealed && (interview.report_revealed || !isSettled(interview)));
  const asked = useRef('');
  useEffect(() => {
    // What was opened from the rating step, here or in another tab, is told already.
    if (rating) asked.current = interview.id;
    if (asked.current === interview.id || !missed) return;
    asked.current = interview.id;
    mutate(new Map());
  }, [interview.id, missed, mutate, rating]);
  return open;
}
