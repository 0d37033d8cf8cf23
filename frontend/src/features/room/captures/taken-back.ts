import { useCallback, useState } from 'react';

import type { CaptureId, Interview } from '@/api/types';
import { keepInTab, readFromTab } from '@/lib/tab-memory';

type ActiveConsent = Pick<Interview['consents'][number], 'capture' | 'given_at'>;

/**
 * Per capture, when the consent that was taken back had been given: one given later is another. `any` of one that was
 * taken back while the server was still being asked for it, so that nobody knows yet when it will have been given.
 */
type TakenBack = Partial<Record<CaptureId, string>>;

const any = 'any';
const placeOf = (interviewId: string) => `ik-taken-back-${interviewId}`;

/** Whether it was taken back in this tab and not given again, whatever the server knows. */
export function isTakenBack(interviewId: string, capture: CaptureId): boolean {
  const taken = readFromTab(placeOf(interviewId)) as TakenBack | null;
  return (taken?.[capture] ?? '') !== '';
}

/** The consents taken back in this tab. A reload before the server has heard of it must not switch anything on again. */
export function useTakenBack(interviewId: string) {
  const [taken, setTaken] = useState(() => (readFromTab(placeOf(interviewId)) as TakenBack | null) ?? {});
  const change = useCallback(
    (part: (before: TakenBack) => TakenBack) =>
      setTaken((before) => {
        const next = { ...before, ...part(before) };
        keepInTab(placeOf(interviewId), next);
        return next;
      }),
    [interviewId],
  );
  const add = useCallback(
    ({ capture, given_at }: ActiveConsent) => change(() => ({ [capture]: given_at })),
    [change],
  );
  return {
    has: ({ capture, given_at }: ActiveConsent) => [given_at, any].includes(taken[capture] ?? ''),
    /** One that was taken back before anybody knew of it. */
    unknown: (Object.keys(taken) as CaptureId[]).find((capture) => taken[capture] === any) ?? null,
    add,
    addAny: (capture: CaptureId) => change(() => ({ [capture]: any })),
    /** There is none, so none has to be taken back. */
    addNone: useCallback(
      (capture: CaptureId) => change((before) => (before[capture] === any ? { [capture]: '' } : {})),
      [change],
    ),
    forget: (capture: CaptureId) => change(() => ({ [capture]: '' })),
  };
}
