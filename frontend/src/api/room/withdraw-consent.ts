import { useMutation, useQueryClient } from '@tanstack/react-query';

import { bodyOf, client } from '@/api/client';
import { interviewQuery } from '@/api/interviews/get-interview';
import { isProblem } from '@/api/problem';
import type { CaptureId, Consent } from '@/api/types';
import { keepConsent } from './keep-consent';

/** Takes a consent back. Asking twice does no harm, and where there was none, null says so. */
export function useWithdrawConsent(interviewId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (capture: CaptureId): Promise<Consent | null> => {
      try {
        return await bodyOf(
          client.DELETE('/api/interviews/{interview_id}/consents/{capture}', {
            params: { path: { interview_id: interviewId, capture } },
          }),
        );
      } catch (error) {
        if (isProblem(error, 'consent-not-found')) return null;
        throw error;
      }
    },
    onSuccess: (consent) => {
      if (consent !== null) keepConsent(queries, interviewId, consent);
      else void queries.invalidateQueries({ queryKey: interviewQuery(interviewId).queryKey });
    },
  });
}
