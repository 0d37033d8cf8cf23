import { useMutation, useQueryClient } from '@tanstack/react-query';

import { bodyOf, client } from '@/api/client';
import { interviewQuery } from '@/api/interviews/get-interview';
import { isProblem } from '@/api/problem';
import type { Capture } from '@/api/types';
import { roomQuery } from './get-room';
import { keepConsent } from './keep-consent';

/** Agrees to one capture, in the version of its words that was shown. */
export function useGiveConsent(interviewId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version }: Pick<Capture, 'id' | 'version'>) =>
      bodyOf(
        client.PUT('/api/interviews/{interview_id}/consents/{capture}', {
          params: { path: { interview_id: interviewId, capture: id } },
          body: { version },
        }),
      ),
    onSuccess: (consent) => keepConsent(queries, interviewId, consent),
    onError: (error) => {
      // The words changed since they were read, or the interview moved on: show what is true now.
      if (isProblem(error, 'consent-outdated', 'capture-not-offered', 'expression-not-offered'))
        void queries.invalidateQueries({ queryKey: roomQuery.queryKey });
      void queries.invalidateQueries({ queryKey: interviewQuery(interviewId).queryKey });
    },
  });
}
