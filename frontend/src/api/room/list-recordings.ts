import { queryOptions } from '@tanstack/react-query';

import { bodyOf, client } from '@/api/client';
import type { Recording } from '@/api/types';

/** The videos of one interview that are on the server, whatever their state. */
export const recordingsQuery = (interviewId: string) =>
  queryOptions({
    queryKey: ['recordings', interviewId],
    queryFn: ({ signal }) =>
      bodyOf(
        client.GET('/api/interviews/{interview_id}/recordings', {
          params: { path: { interview_id: interviewId } },
          signal,
        }),
      ),
  });

/** Where the video itself lies; the browser asks for the ranges it plays. */
export function videoAddress({ id, interview_id }: Recording): string {
  return `/api/interviews/${interview_id}/recordings/${id}/video`;
}

/** Whether something will happen to it without anybody doing anything. */
export function isArriving({ status }: Recording): boolean {
  return status === 'receiving' || status === 'assembling';
}
