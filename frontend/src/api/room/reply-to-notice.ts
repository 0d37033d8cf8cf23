import type { Notice } from '@/api/room-types';

import { callRoom } from './call-room';

/** Says in one's own words what a notice was about; the newest words count. */
export function replyToNotice(interviewId: string, noticeId: string, text: string): Promise<Notice> {
  return callRoom('PUT', `/interviews/${interviewId}/notices/${noticeId}/reply`, { json: { text } });
}
