import type { Recording } from '@/api/room-types';

import { callRoom } from './call-room';

/** Tells the server of a recording whose id was made here, so that it may begin without a network. */
export function openRecording(
  interviewId: string,
  recordingId: string,
  about: { content_type: string; started_at: string },
  signal?: AbortSignal,
): Promise<Recording> {
  return callRoom('PUT', `/interviews/${interviewId}/recordings/${recordingId}`, { json: about, signal });
}
