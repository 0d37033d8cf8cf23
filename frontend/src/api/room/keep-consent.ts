import type { QueryClient } from '@tanstack/react-query';

import { interviewQuery } from '@/api/interviews/get-interview';
import type { Consent } from '@/api/types';

/** Puts one given or withdrawn consent into the snapshot at hand, and asks for the whole, newer one. */
export function keepConsent(queries: QueryClient, interviewId: string, consent: Consent): void {
  const key = interviewQuery(interviewId).queryKey;
  queries.setQueryData(key, (known) => {
    if (known === undefined) return known;
    const others = known.consents.filter(({ capture }) => capture !== consent.capture);
    const { capture, version, given_at } = consent;
    const consents = consent.withdrawn_at === null ? [...others, { capture, version, given_at }] : others;
    return { ...known, consents };
  });
  void queries.invalidateQueries({ queryKey: key });
}
