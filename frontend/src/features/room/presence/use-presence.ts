import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';

import { savePresence } from '@/api/room/save-presence';
import { PresenceCounter } from '@/lib/face/presence-counter';
import type { Baseline, Presence, Sample } from '@/lib/face/types';
import { keepInTab, readFromTab } from '@/lib/tab-memory';

interface Options {
  interviewId: string;
  /** Agreed to and offered. */
  active: boolean;
  questionId: string | null;
  baseline: () => Baseline | null;
  /** Up to how far from the usual position counts as facing the camera. */
  degrees: number | undefined;
}

const placeOf = (questionId: string) => `ik-presence-${questionId}`;
const everyMs = 30_000;

/** Counts the expressions of one answer and sends the counts now and then and when the answer ends; never a moment. */
export function usePresence({ interviewId, active, questionId, baseline, degrees }: Options) {
  const counter = useRef<PresenceCounter | null>(null);
  const agreed = useRef(active);
  // Before the end of the counting, which asks for it.
  useLayoutEffect(() => {
    agreed.current = active;
  }, [active]);

  useEffect(() => {
    if (!active || questionId === null || degrees === undefined) return;
    const earlier = readFromTab(placeOf(questionId)) as Presence | null;
    const current = new PresenceCounter(Date.now(), degrees, earlier ?? undefined);
    counter.current = current;
    let sent = earlier?.samples ?? 0;
    const send = () => {
      const counts = current.counts(Date.now());
      keepInTab(placeOf(questionId), counts);
      // Taken back is taken back: not even the last counts are sent any more.
      if (counts.samples === sent || !agreed.current) return;
      sent = counts.samples;
      // What is lost here comes with the next counts: they are cumulative.
      savePresence(interviewId, questionId, counts).catch(() => {
        sent = -1;
      });
    };
    const timer = setInterval(send, everyMs);
    window.addEventListener('pagehide', send);
    return () => {
      clearInterval(timer);
      window.removeEventListener('pagehide', send);
      send();
      counter.current = null;
    };
  }, [active, degrees, interviewId, questionId]);

  return useCallback((sample: Sample) => counter.current?.add(sample, baseline()), [baseline]);
}
