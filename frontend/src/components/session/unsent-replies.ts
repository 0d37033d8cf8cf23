import { keepInTab, readFromTab } from '@/lib/tab-memory';

const placeOf = (interviewId: string) => `ik-replies-${interviewId}`;

/** Keeps what is being written about a notice in this tab until it is saved, or forgets it. The room and the report share it. */
export function keepReply(interviewId: string, noticeId: string, text: string | null): void {
  const { [noticeId]: before, ...others } = unsentReplies(interviewId);
  if (before === undefined && text === null) return;
  const all = text === null ? others : { ...others, [noticeId]: text };
  keepInTab(placeOf(interviewId), Object.keys(all).length === 0 ? null : all);
}

/** What was written and never saved, by notice. */
export function unsentReplies(interviewId: string): Record<string, string> {
  return (readFromTab(placeOf(interviewId)) as Record<string, string> | null) ?? {};
}
