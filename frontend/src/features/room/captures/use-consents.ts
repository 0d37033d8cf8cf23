import { useCallback, useEffect, useRef, useState } from 'react';

import { onSessionRestored } from '@/api/query-client';
import { useGiveConsent } from '@/api/room/give-consent';
import { useWithdrawConsent } from '@/api/room/withdraw-consent';
import type { Capture, CaptureId, Interview, RoomOffer } from '@/api/types';

import { useTakenBack } from './taken-back';

type Asked = Pick<Capture, 'id' | 'version'>;

/** Of one capture; `asked` is null when it is taken back. */
interface Change {
  capture: CaptureId;
  asked: Asked | null;
}

interface Failure {
  change: Change;
  error: unknown;
}

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
  const [underWay, setUnderWay] = useState<Change[]>([]);
  const [failures, setFailures] = useState<Partial<Record<CaptureId, Failure>>>({});
  const all = useRef<Promise<unknown>>(Promise.resolve());
  const newest = useRef(new Map<CaptureId, Change>());
  /** What the server is asked for, and in the end whether it may have heard of it. */
  const givings = useRef(new Map<CaptureId, Promise<boolean>>());
  const unheard = interview.consents.find(takenBack.has)?.capture ?? takenBack.unknown;

  /** Keeps account of a change until it has ended. Of a capture, only what became of the newest one is told. */
  const follow = useCallback((change: Change, sent: Promise<unknown>) => {
    const { capture } = change;
    const tell = (failure?: Failure) => {
      if (newest.current.get(capture) === change)
        setFailures((before) => ({ ...before, [capture]: failure }));
    };
    newest.current.set(capture, change);
    tell();
    setUnderWay((before) => [...before, change]);
    const ended = sent
      .catch((error: unknown) => tell({ change, error }))
      .finally(() => setUnderWay((before) => before.filter((other) => other !== change)));
    all.current = Promise.all([all.current, ended]);
  }, []);

  const { add, addNone } = takenBack;
  const sendBack = useCallback(
    async (capture: CaptureId) => {
      const consent = await sendWithdrawn(capture);
      if (consent === null) addNone(capture);
      else add(consent);
    },
    [add, addNone, sendWithdrawn],
  );

  // While anything is on its way nothing is taken back behind it.
  const busy = underWay.length > 0;
  useEffect(() => {
    if (unheard === null || busy) return;
    const tell = () => follow({ capture: unheard, asked: null }, sendBack(unheard));
    const timer = setTimeout(tell, again);
    window.addEventListener('online', tell);
    const forget = onSessionRestored(tell);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', tell);
      forget();
    };
  }, [busy, follow, sendBack, unheard]);

  function has(capture: CaptureId): boolean {
    const consent = consentTo(capture);
    if (consent === undefined || takenBack.has(consent)) return false;
    // Agreed to in other words, about something else: the switch asks anew.
    return offer === undefined || offer.captures.some(isStatementOf(consent));
  }

  function consentTo(capture: CaptureId) {
    return interview.consents.find((consent) => consent.capture === capture);
  }

  function isWanted(capture: CaptureId): boolean {
    return newest.current.get(capture)?.asked !== null;
  }

  function give(asked: Asked): void {
    const { id: capture } = asked;
    if (givings.current.has(capture) && isWanted(capture)) return; // asked for already
    let sent = false;
    const given = all.current.then(async () => {
      if (!isWanted(capture)) return;
      sent = true;
      await sendGiven(asked);
      // Taken back before the server had answered: it never goes on.
      if (isWanted(capture)) takenBack.forget(capture);
    });
    const heard: Promise<boolean> = given.then(
      () => sent,
      () => sent,
    );
    givings.current.set(capture, heard);
    void heard.then(() => {
      if (givings.current.get(capture) === heard) givings.current.delete(capture);
    });
    follow({ capture, asked }, given);
  }

  function withdraw(capture: CaptureId): void {
    const change = { capture, asked: null };
    const consent = consentTo(capture);
    const giving = givings.current.get(capture);
    if (giving !== undefined) {
      takenBack.addAny(capture);
      const after = giving.then(async (sent) => {
        if (isWanted(capture)) return;
        if (sent || consent !== undefined) await sendBack(capture);
        else addNone(capture);
      });
      follow(change, after);
    } else if (consent !== undefined || takenBack.unknown === capture) {
      if (consent !== undefined) add(consent);
      follow(change, sendBack(capture));
    }
  }

  function changing(capture: CaptureId) {
    const last = underWay.findLast((change) => change.capture === capture);
    return last === undefined ? null : last.asked === null ? 'withdrawing' : 'giving';
  }

  function failed(capture: CaptureId) {
    const failure = failures[capture];
    if (failure === undefined) return null;
    const { asked } = failure.change;
    return { error: failure.error, retry: () => (asked === null ? withdraw(capture) : give(asked)) };
  }

  return { has, give, withdraw, changing, unheard, failed };
}

function isStatementOf(consent: { capture: CaptureId; version: string }) {
  return ({ id, version }: Capture) => id === consent.capture && version === consent.version;
}
