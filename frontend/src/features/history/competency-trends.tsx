import { bands, LevelScale } from '@/components/level-scale';
import { plural } from '@/lib/format';

import './competency-trends.css';
import type { CompetencyTrend } from './trend';

/** Where the latest figure of each competency stands, and what it stood at before. */
export function CompetencyTrends({ trends }: { trends: CompetencyTrend[] }) {
  return (
    <ul role="list" className="competencies">
      {trends.map(({ id, label, values, newRubric, newLevel }) => {
        const latest = values.at(-1);
        if (latest === undefined) return null;
        const before = values.slice(0, -1);
        return (
          <li key={id}>
            <span className="competency-label">{label}</span>
            <LevelScale level={bands.findIndex((band) => band === latest.band) + 1} />
            <span className="small muted figures">
              {before.length === 0 ? 'seen once' : plural(values.length, 'interview')}
              {newRubric && ' since the rubric changed'}
              {newLevel && ' at this level of experience'}
              {before.length > 0 &&
                `; before: ${before
                  .slice(-3)
                  .map(({ value }) => value.toFixed(1))
                  .join(', ')}; now ${latest.value.toFixed(1)}`}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
