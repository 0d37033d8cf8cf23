import { bodyOf, client } from '@/api/client';

/** Tells the server of a recording whose id was made here, so that it may begin without a network. */
export function openRecording(
  interviewId: string,
  recordingId: string,
  about: { content_type: string; started_at: string },
  signal?: AbortSignal,
) {
  return bodyOf(
    client.PUT('/api/interviews/{interview_id}/recordings/{recording_id}', {
      params: { path: { interview_id: interviewId, recording_id: recordingId } },
      body: about,
      signal,
    }),
  );
}
