import { useGiveConsent } from '@/api/room/give-consent';
import { useWithdrawConsent } from '@/api/room/withdraw-consent';
import type { Capture, CaptureId, Interview } from '@/api/types';

export interface Consents {
  has: (capture: CaptureId) => boolean;
  give: (capture: Pick<Capture, 'id' | 'version'>) => void;
  withdraw: (capture: CaptureId) => void;
  /** Which one is on its way to the server. */
  changing: CaptureId | null;
  /** The last change that the server did not take. */
  failed: { capture: CaptureId; error: unknown; retry: () => void } | null;
}

/** What was agreed to in this interview. The server's word alone counts: a switch moves when the server has said so. */
export function useConsents(interview: Interview): Consents {
  const giving = useGiveConsent(interview.id);
  const withdrawing = useWithdrawConsent(interview.id);
  const changing = giving.isPending
    ? giving.variables.id
    : withdrawing.isPending
      ? withdrawing.variables
      : null;

  function failure(): Consents['failed'] {
    if (giving.isError) {
      const capture = giving.variables;
      return { capture: capture.id, error: giving.error, retry: () => giving.mutate(capture) };
    }
    if (withdrawing.isError) {
      const capture = withdrawing.variables;
      return { capture, error: withdrawing.error, retry: () => withdrawing.mutate(capture) };
    }
    return null;
  }

  return {
    has: (capture) => interview.consents.some((consent) => consent.capture === capture),
    give: (capture) => {
      withdrawing.reset();
      giving.mutate(capture);
    },
    withdraw: (capture) => {
      giving.reset();
      withdrawing.mutate(capture);
    },
    changing,
    failed: failure(),
  };
}
