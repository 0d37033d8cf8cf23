import type { Overview } from '@/api/types';
import { plural } from '@/lib/format';

import './day-chart.css';

const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'UTC' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const whole = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  timeZone: 'UTC',
});

const width = 560;
const height = 200;
const base = 148;
const tallest = 116;
const thick = 44;

/** A bar that stands on the base line, its upper corners rounded. */
function bar(middle: number, tall: number): string {
  const round = Math.min(4, tall);
  const [left, right, top] = [middle - thick / 2, middle + thick / 2, base - tall];
  return `M${left} ${base}V${top + round}q0 ${-round} ${round} ${-round}H${right - round}q${round} 0 ${round} ${round}V${base}Z`;
}

/** One bar a day. The drawing is for the eye; the table behind it says the same in words. */
export function DayChart({ days }: { days: Overview['completed_last_7_days'] }) {
  const most = Math.max(1, ...days.map(({ count }) => count));
  const sum = days.reduce((total, { count }) => total + count, 0);
  const step = width / Math.max(days.length, 1);
  return (
    <figure className="day-chart">
      <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
        <line className="day-base" x1="0" x2={width} y1={base} y2={base} />
        {days.map(({ day: date, count }, index) => {
          const middle = step * (index + 0.5);
          const tall = (count / most) * tallest;
          return (
            <g key={date} data-today={index === days.length - 1 || undefined}>
              {count > 0 && <path className="day-bar" d={bar(middle, tall)} />}
              <text className="day-count" x={middle} y={base - tall - 9} textAnchor="middle">
                {count}
              </text>
              <text className="day-name" x={middle} y={base + 22} textAnchor="middle">
                {weekday.format(new Date(date))}
              </text>
              <text className="day-date" x={middle} y={base + 42} textAnchor="middle">
                {day.format(new Date(date))}
              </text>
            </g>
          );
        })}
      </svg>
      <figcaption className="small muted">
        {plural(sum, 'interview')} completed in the last {plural(days.length, 'day')}. Days begin at midnight
        UTC.
      </figcaption>
      <table className="visually-hidden">
        <caption>Interviews completed per day</caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">Completed</th>
          </tr>
        </thead>
        <tbody>
          {days.map(({ day: date, count }) => (
            <tr key={date}>
              <th scope="row">{whole.format(new Date(date))}</th>
              <td>{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
