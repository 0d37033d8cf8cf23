import { callRoom } from './call-room';

/** Sends one piece of a recording; the same bytes again do no harm. */
export function sendRecordingChunk(
  interviewId: string,
  recordingId: string,
  seq: number,
  bytes: Blob,
  digest: string | null,
  signal?: AbortSignal,
): Promise<{ received_chunks: number; received_bytes: number }> {
  return callRoom('PUT', `/interviews/${interviewId}/recordings/${recordingId}/chunks/${seq}`, {
    bytes,
    headers: digest === null ? {} : { 'Content-Digest': digest },
    signal,
  });
}
