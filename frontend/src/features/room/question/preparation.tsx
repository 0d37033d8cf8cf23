import { useEffect, useState } from 'react';

import { Icon } from '@/components/icon';

const seconds = 30;

/** Half a minute to think, for who wants it. It holds nothing back: writing and speaking work all the while. */
export function Preparation() {
  const [until, setUntil] = useState<number | null>(null);
  const [now, setNow] = useState(0);
  const left = until === null ? 0 : Math.max(0, Math.ceil((until - now) / 1000));
  const running = until !== null && left > 0;

  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [running]);

  if (until !== null && !running) return null;
  if (!running)
    return (
      <button
        type="button"
        className="btn btn-words"
        onClick={() => {
          // One moment: two that a millisecond lies between make 31 seconds.
          const begins = Date.now();
          setNow(begins);
          setUntil(begins + seconds * 1000);
        }}
      >
        <Icon name="clock" size={18} />{' '}
        <span>
          <span className="preparation-take">Take </span>
          {seconds} seconds to think
        </span>
      </button>
    );
  return (
    <span className="preparation">
      <span role="timer" aria-label="Time to think" className="figures">
        {left} s to think
      </span>
      <span className="preparation-bar" aria-hidden="true">
        <span style={{ width: `${(left / seconds) * 100}%` }} />
      </span>
      <button type="button" className="btn btn-words" onClick={() => setUntil(0)}>
        I am ready
      </button>
    </span>
  );
}
