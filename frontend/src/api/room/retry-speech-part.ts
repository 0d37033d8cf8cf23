import type { SpeechPart } from '@/api/room-types';

import { callRoom } from './call-room';

/** Has a piece that could not be written down tried again. */
export function retrySpeechPart(
  interviewId: string,
  questionId: string,
  take: string,
  seq: number,
): Promise<SpeechPart> {
  return callRoom('POST', `/interviews/${interviewId}/questions/${questionId}/speech/${take}/${seq}/retry`);
}
