import { useMutation } from '@tanstack/react-query';

import { client } from '@/api/client';
import { leaveTo } from '@/lib/leave-to';
import { forgetTailoring } from '@/lib/tailoring-draft';

/** Ends the session, then loads the site anew: nothing of this person stays in the tab's memory. */
export function useLogOut() {
  return useMutation({
    mutationFn: () => client.DELETE('/api/session'),
    onSuccess: () => {
      forgetTailoring();
      leaveTo('/');
    },
  });
}
