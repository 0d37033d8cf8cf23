import { bodyOf, bytesOf, client } from '@/api/client';

/** Sends one piece of a recording; the same bytes again do no harm. */
export function sendRecordingChunk(
  interviewId: string,
  recordingId: string,
  seq: number,
  bytes: Blob,
  digest: string | null,
  signal?: AbortSignal,
) {
  return bodyOf(
    client.PUT('/api/interviews/{interview_id}/recordings/{recording_id}/chunks/{seq}', {
      params: {
        path: { interview_id: interviewId, recording_id: recordingId, seq },
        header: { 'content-digest': digest },
      },
      ...bytesOf(bytes),
      signal,
    }),
  );
}
