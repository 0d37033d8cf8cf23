import { useEffect, useState } from 'react';

import { Icon } from '@/components/icon';
import { aboutMinutes, stopwatch } from '@/lib/format';
import { serverNow } from '@/lib/server-clock';

/** Whole seconds since `since`, ticking. The tab may sleep: it is always computed from the time, never counted. */
export function useElapsed(since: string | null): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), 1000);
    return () => clearInterval(timer);
  }, []);
  return since === null ? 0 : Math.max(0, Math.floor((now - Date.parse(since)) / 1000));
}

interface Props {
  since: string | null;
  suggestedSeconds: number;
}

/** The time taken so far beside a suggestion. It never cuts anyone off, and can be put away. */
export function Stopwatch({ since, suggestedSeconds }: Props) {
  const elapsed = useElapsed(since);
  const [hidden, setHidden] = useState(false);
  return (
    <button
      type="button"
      className="stopwatch"
      aria-pressed={!hidden}
      title={hidden ? 'Show the time' : 'Hide the time'}
      onClick={() => setHidden(!hidden)}
    >
      <Icon name="clock" size={18} />
      <span className="visually-hidden">{hidden ? 'Show the time' : 'Hide the time:'}</span>
      {!hidden && (
        <>
          <span role="timer" className="figures stopwatch-time">
            {stopwatch(elapsed)}
          </span>
          <span className="stopwatch-suggested muted">{aboutMinutes(suggestedSeconds)} suggested</span>
        </>
      )}
    </button>
  );
}
