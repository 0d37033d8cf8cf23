import type { PresenceCounts } from '@/api/room-types';

import { callRoom } from './call-room';

/** Replaces the counts of one answer. */
export function savePresence(
  interviewId: string,
  questionId: string,
  counts: PresenceCounts,
): Promise<unknown> {
  return callRoom('PUT', `/interviews/${interviewId}/questions/${questionId}/presence`, {
    json: counts,
    keepalive: true,
  });
}
