import { bodyOf, client } from '@/api/client';

/** What the server has of one recording. */
export function getRecording(interviewId: string, recordingId: string, signal?: AbortSignal) {
  return bodyOf(
    client.GET('/api/interviews/{interview_id}/recordings/{recording_id}', {
      params: { path: { interview_id: interviewId, recording_id: recordingId } },
      signal,
    }),
  );
}
