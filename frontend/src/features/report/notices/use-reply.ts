import { useMutation, useQueryClient } from '@tanstack/react-query';

import { noticesQuery } from '@/api/room/list-notices';
import { replyToNotice } from '@/api/room/reply-to-notice';

/** Saves a reply and puts the notice with it in its place. */
export function useReply(interviewId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ noticeId, text }: { noticeId: string; text: string }) =>
      replyToNotice(interviewId, noticeId, text),
    onSuccess: (saved) => {
      queries.setQueryData(noticesQuery(interviewId).queryKey, (known) =>
        known?.map((notice) => (notice.id === saved.id ? saved : notice)),
      );
    },
  });
}
