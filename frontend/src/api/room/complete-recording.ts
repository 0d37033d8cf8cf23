import { bodyOf, client } from '@/api/client';

/** Says how many pieces a recording has; the server answers which of them it lacks. */
export function completeRecording(
  interviewId: string,
  recordingId: string,
  chunks: number,
  signal?: AbortSignal,
) {
  return bodyOf(
    client.POST('/api/interviews/{interview_id}/recordings/{recording_id}/complete', {
      params: { path: { interview_id: interviewId, recording_id: recordingId } },
      body: { chunks },
      signal,
    }),
  );
}
