import type { Notice } from '@/api/types';
import { isGap } from '@/components/session/notice-facts';
import { plural } from '@/lib/format';

/** All notices in a few words, for the closed line. */
export function summaryOf(notices: Notice[]): string {
  if (notices.length === 0) return 'Nothing was noticed';
  const gaps = notices.filter(isGap).length;
  const noticed = notices.length - gaps;
  const replies = notices.filter(({ reply }) => reply !== null).length;
  return [
    noticed > 0 && plural(noticed, 'notice'),
    gaps > 0 && plural(gaps, 'gap'),
    replies > 0 && plural(replies, 'reply', 'replies'),
  ]
    .filter((part) => part !== false)
    .join(', ');
}
