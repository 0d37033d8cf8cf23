import { useCallback, useEffect, useRef, useState } from 'react';

import type { MonitoringThresholds, NewNotice, NoticeKind } from '@/api/types';
import { Monitor } from '@/lib/face/monitor';
import { PageWatch } from '@/lib/face/page-watch';
import type { Baseline, FaceClientState, MonitorEvent, MonitorState, Sample } from '@/lib/face/types';

import { firstTold, forgetTold } from './first-told';
import { keepMemory, readMemory } from './monitor-memory';
import { rulesFrom } from './rules';

interface Options {
  interviewId: string;
  /** The consent is given and the interview runs. Without it nothing at all is watched, the page included. */
  active: boolean;
  thresholds: MonitoringThresholds | undefined;
  questionId: string | null;
  /** Tells of a notice; the same id again lets it last longer. */
  onNotice: (id: string, notice: NewNotice) => void;
}

export interface Warning {
  kind: NoticeKind;
  at: number;
}

/** What is over must still be there to be read. */
const readable = 8000;
/** What is warned of in words about the past can only be read afterwards: it stays until it is put away. */
const past: ReadonlySet<NoticeKind> = new Set(['page_hidden', 'window_blur', 'paste', 'fullscreen_exit']);

const without = (kind: NoticeKind) => (shown: Warning | null) => (shown?.kind === kind ? null : shown);

/** Words pasted into a reply to a notice are not pasted into the answer. */
const isAnswer = (target: EventTarget | null) => target instanceof Element && target.matches('.desk-sheet');

/** The monitor of one sitting: fed with samples and page events, it says where it stands, warns and notes. */
export function useMonitor({ interviewId, active, thresholds, questionId, onNotice }: Options) {
  const [state, setState] = useState<MonitorState | null>(null);
  const [warning, setWarning] = useState<Warning | null>(null);
  const monitor = useRef<Monitor | null>(null);
  const latest = useRef({ questionId, onNotice });
  const fading = useRef(new Set<ReturnType<typeof setTimeout>>());
  useEffect(() => {
    latest.current = { questionId, onNotice };
  });

  const take = useCallback(
    (events: MonitorEvent[]) => {
      for (const event of events) {
        if (event.type === 'state') setState(event.state);
        else if (event.type === 'warning') setWarning({ kind: event.kind, at: event.at });
        else if (event.type === 'over') {
          if (!past.has(event.kind))
            fading.current.add(setTimeout(() => setWarning(without(event.kind)), readable));
        } else {
          const { id, kind, durationS, confidence } = event.notice;
          const first = firstTold(interviewId, event.notice, latest.current.questionId);
          if (event.phase === 'end') forgetTold(interviewId, id);
          setWarning(without(kind));
          latest.current.onNotice(id, { kind, ...first, duration_s: durationS, confidence });
        }
      }
    },
    [interviewId],
  );

  useEffect(() => {
    if (!active || thresholds === undefined) return;
    const current = new Monitor(rulesFrom(thresholds), Date.now(), readMemory(interviewId));
    monitor.current = current;
    const page = new PageWatch((event) => take(current.page(event)), isAnswer);
    page.start();
    const look = () => {
      take(current.tick(Date.now()));
      setState(current.state);
      keepMemory(interviewId, current.memory());
    };
    const first = setTimeout(look);
    const timer = setInterval(look, 1000);
    const leaving = () => keepMemory(interviewId, current.memory());
    window.addEventListener('pagehide', leaving);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
      window.removeEventListener('pagehide', leaving);
      page.stop();
      take(current.stop(Date.now()));
      keepMemory(interviewId, current.memory());
      monitor.current = null;
      setState(null);
      setWarning(null);
    };
  }, [active, interviewId, take, thresholds]);

  // After the other, which takes leave of what is still seen.
  useEffect(() => {
    const timers = fading.current;
    return () => timers.forEach((timer) => clearTimeout(timer));
  }, []);

  return {
    state,
    warning,
    dismissWarning: useCallback(() => setWarning(null), []),
    sample: useCallback((sample: Sample) => take(monitor.current?.sample(sample) ?? []), [take]),
    client: useCallback((client: FaceClientState) => take(monitor.current?.client(client) ?? []), [take]),
    baseline: useCallback((): Baseline | null => monitor.current?.baseline ?? null, []),
  };
}
