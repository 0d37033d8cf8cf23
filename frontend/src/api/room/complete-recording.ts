import type { Recording } from '@/api/room-types';

import { callRoom } from './call-room';

/** Says how many pieces a recording has; the server answers which of them it lacks. */
export function completeRecording(
  interviewId: string,
  recordingId: string,
  chunks: number,
  signal?: AbortSignal,
): Promise<Recording> {
  return callRoom('POST', `/interviews/${interviewId}/recordings/${recordingId}/complete`, {
    json: { chunks },
    signal,
  });
}
