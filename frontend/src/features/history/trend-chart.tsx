import { bands } from '@/components/level-scale';
import { shortDate } from '@/lib/format';
import { useMedia } from '@/lib/media';

import './trend-chart.css';
import type { TrendPoint } from './trend';

const right = 24;
const top = 16;
const bottom = 36;

/** Overall figures in order of time, each with the range it may lie in. The table says the same in words. */
export function TrendChart({ points }: { points: TrendPoint[] }) {
  const narrow = useMedia('(max-width: 575.98px)');
  const [width, height, left] = narrow ? [340, 250, 92] : [720, 260, 104];
  const y = (value: number) => top + ((5 - value) / 4) * (height - top - bottom);
  const shown = points.slice(narrow ? -6 : -12);
  const cuts = [
    ...(shown.slice(1).some(({ newRubric }) => newRubric) ? ['a rubric'] : []),
    ...(shown.slice(1).some(({ newLevel }) => newLevel) ? ['the level of experience'] : []),
  ].join(' or ');
  const step = (width - left - right) / Math.max(shown.length, 4);
  const x = (index: number) => left + step * (index + 0.5);
  return (
    <figure className="trend">
      <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false" className="trend-drawing">
        {bands.map((band, index) => (
          <g key={band}>
            <line className="trend-grid" x1={left} x2={width - right} y1={y(index + 1)} y2={y(index + 1)} />
            <text className="trend-label" x={0} y={y(index + 1) + 4.5}>
              {band}
            </text>
          </g>
        ))}
        {shown
          .slice(1)
          .map((point, index) =>
            point.newRubric || point.newLevel ? (
              <line
                key={point.id}
                className="trend-change"
                x1={(x(index) + x(index + 1)) / 2}
                x2={(x(index) + x(index + 1)) / 2}
                y1={top}
                y2={height - bottom}
              />
            ) : (
              <line
                key={point.id}
                className="trend-line"
                x1={x(index)}
                x2={x(index + 1)}
                y1={y(shown[index]?.value ?? point.value)}
                y2={y(point.value)}
              />
            ),
          )}
        {shown.map((point, index) => (
          <g key={point.id}>
            <line className="trend-range" x1={x(index)} x2={x(index)} y1={y(point.high)} y2={y(point.low)} />
            <circle className="trend-point" cx={x(index)} cy={y(point.value)} r="6" />
            {(shown.length <= (narrow ? 3 : 7) || index === 0 || index === shown.length - 1) && (
              <text className="trend-label" x={x(index)} y={height - 8} textAnchor="middle">
                {shortDate(point.at)}
              </text>
            )}
          </g>
        ))}
      </svg>
      <figcaption className="small muted">
        Each point is one interview; the bar is the range its figure may lie in.
        {cuts !== '' && ` At a dashed line ${cuts} changed: figures on its two sides are not compared.`}
        {points.length > shown.length && ` The latest ${shown.length} of ${points.length} are drawn.`}
      </figcaption>
      <div className="visually-hidden">
        <table>
          <caption>Overall figures by interview, on a scale of 1 to 5</caption>
          <thead>
            <tr>
              <th scope="col">Date</th>
              <th scope="col">Job</th>
              <th scope="col">Figure</th>
              <th scope="col">Range</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((point) => (
              <tr key={point.id}>
                <td>
                  {shortDate(point.at)}
                  {point.newRubric && ', changed rubric from here'}
                  {point.newLevel && ', other level of experience from here'}
                </td>
                <td>{point.role}</td>
                <td>
                  {point.value.toFixed(1)}, {point.band}
                </td>
                <td>
                  {point.low.toFixed(1)} to {point.high.toFixed(1)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
