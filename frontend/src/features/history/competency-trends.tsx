import { bands, LevelScale } from '@/components/level-scale';
import { plural } from '@/lib/format';

import './competency-trends.css';
import type { CompetencyTrend } from './trend';

/** Where the latest figure of each competency stands, and what it stood at before. */
export function CompetencyTrends({ trends }: { trends: CompetencyTrend[] }) {
  return (
    <ul role="list" className="competencies">
      {trends.map(({ id, label, values, newRubric }) => {
        const latest = values.at(-1);
        if (latest === undefined) return null;
        const before = values.slice(0, -1);
        return (
          <li key={id}>
            <span className="competency-label">{label}</span>
            <LevelScale level={bands.findIndex((band) => band === latest.band) + 1} />
            <span className="small muted figures">
              {before.length === 0
                ? newRubric
                  ? 'seen once since the rubric changed'
                  : 'seen once'
                : `${plural(values.length, 'interview')}; before: ${before
                    .slice(-3)
                    .map(({ value }) => value.toFixed(1))
                    .join(
                      ', ',
                    )}; now ${latest.value.toFixed(1)}${newRubric ? '; since the rubric changed' : ''}`}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
