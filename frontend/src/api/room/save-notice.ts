import type { NewNotice, Notice } from '@/api/room-types';

import { callRoom } from './call-room';

/** Tells of one notice. The same again only lets it last longer. */
export function saveNotice(interviewId: string, noticeId: string, notice: NewNotice): Promise<Notice> {
  return callRoom('PUT', `/interviews/${interviewId}/notices/${noticeId}`, { json: notice });
}
