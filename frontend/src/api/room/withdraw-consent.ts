import { useMutation, useQueryClient } from '@tanstack/react-query';

import { bodyOf, client } from '@/api/client';
import type { CaptureId } from '@/api/types';
import { keepConsent } from './keep-consent';

/** Takes a consent back. Asking twice does no harm. */
export function useWithdrawConsent(interviewId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (capture: CaptureId) =>
      bodyOf(
        client.DELETE('/api/interviews/{interview_id}/consents/{capture}', {
          params: { path: { interview_id: interviewId, capture } },
        }),
      ),
    onSuccess: (consent) => keepConsent(queries, interviewId, consent),
  });
}
