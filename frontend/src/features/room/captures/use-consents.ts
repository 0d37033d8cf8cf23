import { useEffect } from 'react';

import { onSessionRestored } from '@/api/query-client';
import { useGiveConsent } from '@/api/room/give-consent';
import { useWithdrawConsent } from '@/api/room/withdraw-consent';
import type { Capture, CaptureId, Interview, RoomOffer } from '@/api/types';

import { useTakenBack } from './taken-back';

export interface Consents {
  /** Agreed to, in the words of today, and not taken back: here at once, wherever the server stands. */
  has: (capture: CaptureId) => boolean;
  give: (capture: Pick<Capture, 'id' | 'version'>) => void;
  withdraw: (capture: CaptureId) => void;
  /** Which one is on its way to the server. */
  changing: CaptureId | null;
  /** Taken back here, and the server has not heard of it yet. */
  unheard: CaptureId | null;
  /** The last change that the server did not take. */
  failed: { capture: CaptureId; error: unknown; retry: () => void } | null;
}

/** The server is told again of what was taken back, this often, ms. */
const again = 15_000;

/**
 * What was agreed to in this interview. Something goes on only when the server has said so, and off with the press: to
 * stop needs nobody's answer. What the server has not heard of is told again, and stays off until it has.
 */
export function useConsents(interview: Interview, offer: RoomOffer | undefined): Consents {
  const giving = useGiveConsent(interview.id);
  const withdrawing = useWithdrawConsent(interview.id);
  const takenBack = useTakenBack(interview.id);
  const unheard = interview.consents.find(takenBack.has)?.capture ?? null;
  const changing = giving.isPending
    ? giving.variables.id
    : withdrawing.isPending
      ? withdrawing.variables
      : null;

  const { mutate } = withdrawing;
  // While it is being agreed to anew nothing is taken back behind it.
  const busy = changing !== null;
  useEffect(() => {
    if (unheard === null || busy) return;
    const tell = () => mutate(unheard);
    const timer = setTimeout(tell, again);
    window.addEventListener('online', tell);
    const forget = onSessionRestored(tell);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', tell);
      forget();
    };
  }, [busy, mutate, unheard]);

  function consentTo(capture: CaptureId) {
    return interview.consents.find((consent) => consent.capture === capture);
  }

  function has(capture: CaptureId): boolean {
    const consent = consentTo(capture);
    if (consent === undefined || takenBack.has(consent)) return false;
    // Agreed to in other words, about something else: the switch asks anew.
    return offer === undefined || offer.captures.some(isStatementOf(consent));
  }

  function give(capture: Pick<Capture, 'id' | 'version'>): void {
    withdrawing.reset();
    giving.mutate(capture, { onSuccess: () => takenBack.forget(capture.id) });
  }

  function withdraw(capture: CaptureId): void {
    if (!giving.isPending) giving.reset(); // what is under way is still to be heard of
    const consent = consentTo(capture);
    if (consent !== undefined) takenBack.add(consent);
    mutate(capture);
  }

  function failure(): Consents['failed'] {
    if (giving.isError) {
      const capture = giving.variables;
      return { capture: capture.id, error: giving.error, retry: () => give(capture) };
    }
    if (withdrawing.isError) {
      const capture = withdrawing.variables;
      return { capture, error: withdrawing.error, retry: () => withdraw(capture) };
    }
    return null;
  }

  return { has, give, withdraw, changing, unheard, failed: failure() };
}

function isStatementOf(consent: { capture: CaptureId; version: string }) {
  return ({ id, version }: Capture) => id === consent.capture && version === consent.version;
}
