import { useCallback, useEffect, useRef, useState } from 'react';

import { onSessionRestored } from '@/api/query-client';
import { useGiveConsent } from '@/api/room/give-consent';
import { useWithdrawConsent } from '@/api/room/withdraw-consent';
import type { Capture, CaptureId, Interview, RoomOffer } from '@/api/types';

import { useTakenBack } from './taken-back';

type Asked = Pick<Capture, 'id' | 'version'>;

export interface Consents {
  /** Agreed to, in the words of today, and not taken back: here at once, wherever the server stands. */
  has: (capture: CaptureId) => boolean;
  give: (capture: Asked) => void;
  withdraw: (capture: CaptureId) => void;
  /** The change of it that is on its way to the server, or waits for another that is. */
  changing: (capture: CaptureId) => 'giving' | 'withdrawing' | null;
  /** Taken back here, and the server has not heard of it yet. */
  unheard: CaptureId | null;
  /** The last change of it, when the server did not take it. */
  failed: (capture: CaptureId) => { error: unknown; retry: () => void } | null;
}

/** The server is told again of what was taken back, this often, ms. */
const again = 15_000;

/**
 * What was agreed to in this interview. Something goes on only when the server has said so, and off with the press: to
 * stop needs nobody's answer. What the server has not heard of is told again, and stays off until it has. No press is
 * lost: to agree waits until whatever is on its way has ended.
 */
export function useConsents(interview: Interview, offer: RoomOffer | undefined): Consents {
  const { mutateAsync: sendGiven } = useGiveConsent(interview.id);
  const { mutateAsync: sendWithdrawn } = useWithdrawConsent(interview.id);
  const takenBack = useTakenBack(interview.id);
  const [underWay, setUnderWay] = useState<{ capture: CaptureId; asked: Asked | null }[]>([]);
  const [failures, setFailures] = useState<
    Partial<Record<CaptureId, { error: unknown; asked: Asked | null }>>
  >({});
  const all = useRef<Promise<unknown>>(Promise.resolve());
  const givings = useRef(new Map<CaptureId, Promise<unknown>>());
  const unwanted = useRef(new Set<CaptureId>());
  const unheard = interview.consents.find(takenBack.has)?.capture ?? null;

  /** Keeps account of a change until it has ended; `asked` is null for one that was taken back. */
  const follow = useCallback((capture: CaptureId, asked: Asked | null, sent: Promise<unknown>) => {
    const change = { capture, asked };
    setUnderWay((before) => [...before, change]);
    setFailures((before) => ({ ...before, [capture]: undefined }));
    const ended = sent
      .catch((error: unknown) => setFailures((before) => ({ ...before, [capture]: { error, asked } })))
      .finally(() => setUnderWay((before) => before.filter((other) => other !== change)));
    all.current = Promise.all([all.current, ended]);
    return ended;
  }, []);

  // While anything is on its way nothing is taken back behind it.
  const busy = underWay.length > 0;
  useEffect(() => {
    if (unheard === null || busy) return;
    const tell = () => void follow(unheard, null, sendWithdrawn(unheard));
    const timer = setTimeout(tell, again);
    window.addEventListener('online', tell);
    const forget = onSessionRestored(tell);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', tell);
      forget();
    };
  }, [busy, follow, sendWithdrawn, unheard]);

  function consentTo(capture: CaptureId) {
    return interview.consents.find((consent) => consent.capture === capture);
  }

  function has(capture: CaptureId): boolean {
    const consent = consentTo(capture);
    if (consent === undefined || takenBack.has(consent)) return false;
    // Agreed to in other words, about something else: the switch asks anew.
    return offer === undefined || offer.captures.some(isStatementOf(consent));
  }

  function give(asked: Asked): void {
    const { id } = asked;
    if (givings.current.has(id) && !unwanted.current.has(id)) return; // asked for already
    unwanted.current.delete(id);
    const given = all.current.then(async () => {
      if (unwanted.current.has(id)) return;
      const consent = await sendGiven(asked);
      // Taken back before the server had answered: it never goes on.
      if (unwanted.current.has(id)) takenBack.add(consent);
      else takenBack.forget(id);
    });
    const ended = follow(id, asked, given).then(() => {
      if (givings.current.get(id) === ended) givings.current.delete(id);
    });
    givings.current.set(id, ended);
  }

  function withdraw(capture: CaptureId): void {
    const consent = consentTo(capture);
    const giving = givings.current.get(capture);
    unwanted.current.add(capture);
    if (consent !== undefined) takenBack.add(consent);
    if (giving !== undefined)
      void follow(
        capture,
        null,
        giving.then(() => sendWithdrawn(capture)),
      );
    else if (consent !== undefined) void follow(capture, null, sendWithdrawn(capture));
  }

  function failed(capture: CaptureId) {
    const failure = failures[capture];
    if (failure === undefined) return null;
    const { asked, error } = failure;
    return { error, retry: () => (asked === null ? withdraw(capture) : give(asked)) };
  }

  function changing(capture: CaptureId) {
    const last = underWay.findLast((change) => change.capture === capture);
    return last === undefined ? null : last.asked === null ? 'withdrawing' : 'giving';
  }

  return { has, give, withdraw, changing, unheard, failed };
}

function isStatementOf(consent: { capture: CaptureId; version: string }) {
  return ({ id, version }: Capture) => id === consent.capture && version === consent.version;
}
