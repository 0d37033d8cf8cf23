import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

import { reportQuery } from '@/api/reports/get-report';
import type { Interview } from '@/api/types';
import { liveSource, type LiveState } from '@/lib/live-source';

import { interviewQuery, keepSnapshot } from './get-interview';
import { interviewsQuery } from './list-interviews';

/** Nothing will change any more by itself. */
export function isSettled(interview: Interview): boolean {
  if (interview.status === 'abandoned') return true;
  return (
    interview.status === 'completed' &&
    interview.report_status !== 'none' &&
    interview.report_status !== 'pending'
  );
}

/**
 * The interview, kept up to date by the server's events. While the events do not arrive it is asked for every few
 * seconds instead, so the screen moves on either way.
 */
export function useLiveInterview(id: string) {
  const queries = useQueryClient();
  const [live, setLive] = useState<LiveState>('connecting');
  const query = useQuery({
    ...interviewQuery(id),
    refetchInterval: ({ state }) =>
      live === 'broken' && state.data !== undefined && !isSettled(state.data) ? 4000 : false,
  });
  const listening = query.data !== undefined && !isSettled(query.data);

  useEffect(() => {
    if (!listening) return;
    return liveSource({
      url: `/api/interviews/${id}/events`,
      event: 'interview',
      onState: setLive,
      onData: (data) => keepSnapshot(queries, JSON.parse(data) as Interview),
    });
  }, [id, listening, queries]);

  // Every new version may carry a finished analysis or report: what was read of them before is stale.
  const version = query.data?.version;
  useEffect(() => {
    if (version === undefined) return;
    void queries.invalidateQueries({ queryKey: reportQuery(id).queryKey });
    void queries.invalidateQueries({ queryKey: interviewsQuery.queryKey, refetchType: 'none' });
    void queries.invalidateQueries({ queryKey: ['reports'], refetchType: 'none' });
  }, [id, queries, version]);

  return { ...query, live };
}
