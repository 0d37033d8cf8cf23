import { useMutation, useQueryClient } from '@tanstack/react-query';

import type { CaptureId, Consent } from '@/api/room-types';

import { callRoom } from './call-room';
import { keepConsent } from './keep-consent';

/** Takes a consent back. Asking twice does no harm. */
export function useWithdrawConsent(interviewId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: CaptureId) => callRoom<Consent>('DELETE', `/interviews/${interviewId}/consents/${id}`),
    onSuccess: (consent) => keepConsent(queries, interviewId, consent),
  });
}
