import { useCallback, useState } from 'react';

import type { CaptureId, Interview } from '@/api/types';
import { keepInTab, readFromTab } from '@/lib/tab-memory';

type ActiveConsent = Interview['consents'][number];

/** Per capture, when the consent that was taken back had been given: one given later is another. */
type TakenBack = Partial<Record<CaptureId, string>>;

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
    (part: TakenBack) =>
      setTaken((before) => {
        const next = { ...before, ...part };
        keepInTab(placeOf(interviewId), next);
        return next;
      }),
    [interviewId],
  );
  return {
    has: ({ capture, given_at }: Pick<ActiveConsent, 'capture' | 'given_at'>) => taken[capture] === given_at,
    add: ({ capture, given_at }: Pick<ActiveConsent, 'capture' | 'given_at'>) =>
      change({ [capture]: given_at }),
    forget: (capture: CaptureId) => change({ [capture]: '' }),
  };
}
