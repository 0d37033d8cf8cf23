import { bodyOf, bytesOf, client } from '@/api/client';

interface Part {
  take: string;
  seq: number;
  offsetMs: number;
  durationMs: number;
  audio: Blob;
}

/** Sends one whole piece of speech to be written down. The same bytes again are the same piece. */
export function sendSpeechPart(interviewId: string, questionId: string, part: Part, signal?: AbortSignal) {
  const { take, seq, offsetMs, durationMs, audio } = part;
  return bodyOf(
    client.PUT('/api/interviews/{interview_id}/questions/{question_id}/speech/{take}/{seq}', {
      params: {
        path: { interview_id: interviewId, question_id: questionId, take, seq },
        query: { offset_ms: Math.round(offsetMs), duration_ms: Math.round(durationMs) },
      },
      ...bytesOf(audio),
      signal,
    }),
  );
}
