import type { SpeechPart } from '@/api/room-types';

import { callRoom } from './call-room';

interface Part {
  take: string;
  seq: number;
  offsetMs: number;
  durationMs: number;
  audio: Blob;
  contentType: string;
}

/** Sends one whole piece of speech to be written down. The same bytes again are the same piece. */
export function sendSpeechPart(
  interviewId: string,
  questionId: string,
  part: Part,
  signal?: AbortSignal,
): Promise<SpeechPart> {
  const { take, seq, offsetMs, durationMs, audio, contentType } = part;
  const query = new URLSearchParams({
    offset_ms: String(Math.round(offsetMs)),
    duration_ms: String(Math.round(durationMs)),
  });
  return callRoom(
    'PUT',
    `/interviews/${interviewId}/questions/${questionId}/speech/${take}/${seq}?${query.toString()}`,
    { bytes: audio, headers: { 'Content-Type': contentType }, signal },
  );
}
