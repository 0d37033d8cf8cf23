import type { InterviewReport, Report } from '@/api/types';
import { shorten } from '@/components/answer/margin-notes';
import { longDate, plural } from '@/lib/format';

import './beside-the-scores.css';

/** What stands beside the scores: what to do next, change since last time, figures that differ, how it was said. */
export function BesideTheScores({ view, report }: { view: Report; report: InterviewReport }) {
  const { calibration, trend } = view;
  const compared = trend.filter(
    ({ previous, other_rubric: rubric, other_level: level }) => previous !== null || rubric + level > 0,
  );
  const labels = new Map(report.competencies.map(({ competency }) => [competency.id, competency.label]));
  return (
    <div className="beside">
      {report.next_plan.length > 0 && (
        <section aria-labelledby="next-steps" className="stack">
          <h2 id="next-steps">Next steps</h2>
          <ol className="flush">
            {report.next_plan.map((step) => (
              <li key={step.text}>
                <bdi>{step.text}</bdi>
                {step.minutes !== null && (
                  <span className="muted"> About {plural(step.minutes, 'minute')}.</span>
                )}
              </li>
            ))}
          </ol>
        </section>
      )}
      {compared.length > 0 && (
        <section aria-labelledby="since-last-time" className="stack">
          <h2 id="since-last-time">Since your last interviews</h2>
          <dl className="flush beside-facts">
            {compared.map((one) => (
              <div key={one.competency_id}>
                <dt dir="auto">{labels.get(one.competency_id) ?? one.competency_id}</dt>
                <dd>{one.note}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {calibration?.note != null && (
        <section aria-labelledby="own-ratings" className="stack">
          <h2 id="own-ratings">Your own ratings</h2>
          <p className="flush">{calibration.note}</p>
          <p className="flush small muted">
            {calibration.self_mean?.toFixed(1)} by yourself, {calibration.scored_mean?.toFixed(1)} scored,
            over {plural(calibration.answers, 'answer')}.
          </p>
        </section>
      )}
      {report.consistency.length > 0 && <Differing notes={report.consistency} />}
      {report.delivery_summary != null && report.delivery_summary.figures.length > 0 && (
        <HowItWasSaid summary={report.delivery_summary} comparison={view.delivery_comparison} />
      )}
    </div>
  );
}

function Differing({ notes }: { notes: InterviewReport['consistency'] }) {
  return (
    <section aria-labelledby="differing" className="stack">
      <h2 id="differing">Figures that differ</h2>
      <p className="flush muted">Two answers name different numbers for the same thing. Both may be right.</p>
      <ul role="list" className="flush stack">
        {notes.map(({ about, first, second, note }) => (
          <li key={`${about} ${first.quote} ${second.quote}`}>
            <p className="flush">
              <span className="said">“{shorten(first.quote, 140)}”</span> and{' '}
              <span className="said">“{shorten(second.quote, 140)}”</span>
            </p>
            <p className="flush small muted">{note}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface SaidProps {
  summary: NonNullable<InterviewReport['delivery_summary']>;
  comparison: Report['delivery_comparison'];
}

function HowItWasSaid({ summary, comparison }: SaidProps) {
  const changes = new Map(comparison?.changes.map((change) => [change.metric, change.note]));
  const when = comparison?.previous_completed_at;
  return (
    <section aria-labelledby="over-the-interview" className="stack">
      <h2 id="over-the-interview">
        {summary.source === 'typed' ? 'How it was written' : 'How it was said'}, over the interview
      </h2>
      <p className="flush muted">
        The middle of your answers; never part of a score.
        {when != null && ` Beside your interview of ${longDate(when)}.`}
      </p>
      <dl className="flush beside-facts">
        {summary.figures.map((figure) => (
          <div key={figure.metric}>
            <dt>{figure.label}</dt>
            <dd>
              <span className="figures">
                {figure.median} {figure.unit}
              </span>
              {changes.has(figure.metric) && (
                <span className="beside-change small muted">{changes.get(figure.metric)}</span>
              )}
            </dd>
          </div>
        ))}
        {summary.not_measured.map(({ metric, reason }) => (
          <div key={metric}>
            <dt>{metric.charAt(0).toUpperCase() + metric.slice(1).replaceAll('_', ' ')}</dt>
            <dd className="muted">Not measured. {reason}</dd>
          </div>
        ))}
      </dl>
      {comparison?.why_not_shown != null && <p className="flush small muted">{comparison.why_not_shown}</p>}
    </section>
  );
}
