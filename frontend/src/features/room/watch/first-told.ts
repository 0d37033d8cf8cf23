import type { NewNotice } from '@/api/types';
import type { FaceNotice } from '@/lib/face/types';
import { serverTime } from '@/lib/server-clock';
import { keepInTab, readFromTab } from '@/lib/tab-memory';

/** What is said of a notice when it is first told, and stays so however long it lasts. */
type FirstTold = Pick<NewNotice, 'question_id' | 'started_at'>;

const placeOf = (interviewId: string) => `ik-noticed-${interviewId}`;

/**
 * When a notice began, by the server's clock, and at which question. Both are kept in the tab until the notice is over: a page
 * that was reloaded measures the server's clock anew, and with another start it would be another notice to the server.
 */
export function firstTold(interviewId: string, notice: FaceNotice, questionId: string | null): FirstTold {
  const told = readTold(interviewId);
  const known = told[notice.id];
  if (known !== undefined) return known;
  const started_at = new Date(serverTime(notice.startedAt)).toISOString();
  const first = { question_id: questionId, started_at };
  keepInTab(placeOf(interviewId), { ...told, [notice.id]: first });
  return first;
}

/** The notice is over: it is not told again. */
export function forgetTold(interviewId: string, noticeId: string): void {
  const { [noticeId]: over, ...others } = readTold(interviewId);
  if (over === undefined) return;
  keepInTab(placeOf(interviewId), Object.keys(others).length === 0 ? null : others);
}

function readTold(interviewId: string): Record<string, FirstTold> {
  return (readFromTab(placeOf(interviewId)) as Record<string, FirstTold> | null) ?? {};
}
