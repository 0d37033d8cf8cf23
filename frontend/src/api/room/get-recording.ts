import type { Recording } from '@/api/room-types';

import { callRoom } from './call-room';

/** What the server has of one recording. */
export function getRecording(
  interviewId: string,
  recordingId: string,
  signal?: AbortSignal,
): Promise<Recording> {
  return callRoom('GET', `/interviews/${interviewId}/recordings/${recordingId}`, { signal });
}
