import type { MonitoringThresholds } from '@/api/types';

import { thresholdsInWords } from './notice-words';

/** What is watched, with the numbers in use. */
export function ThresholdList({ thresholds }: { thresholds: MonitoringThresholds }) {
  return (
    <div className="stack" style={{ '--gap': '0.5rem' } as React.CSSProperties}>
      <p className="flush">
        The first time is a quiet word on the screen. Only when it happens again, or lasts, is it noted, with
        its reason, and you can answer it. Notices end nothing and change no figure. What is noted:
      </p>
      <ul className="plain-list">
        {thresholdsInWords(thresholds).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}
