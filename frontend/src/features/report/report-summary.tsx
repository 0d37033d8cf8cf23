import type { Interview, InterviewReport } from '@/api/types';
import { shorten } from '@/components/answer/margin-notes';
import { bands, LevelScale } from '@/components/level-scale';
import { ScoreRange } from '@/components/score-range';
import { longDate, plural } from '@/lib/format';

import './report-summary.css';

interface Props {
  interview: Interview;
  report: InterviewReport;
}

/** The one thing to do next, before any figure; then the overall with its range, and what it rests on. */
export function ReportSummary({ interview, report }: Props) {
  const [first, ...others] = report.priorities;
  const { score, why_not_shown: whyNot } = report.overall;
  return (
    <div className="summary">
      <div className="summary-lead">
        <header className="stack" style={{ '--gap': '0.25rem' } as React.CSSProperties}>
          <h1 className="summary-title">Your report</h1>
          <p className="flush muted">
            <bdi>{interview.role.title}</bdi>, {interview.level.label.toLowerCase()} ·{' '}
            {longDate(interview.completed_at ?? report.created_at)}
          </p>
        </header>
        {first ? (
          <section aria-labelledby="do-next" className="summary-next">
            <h2 id="do-next" className="summary-label">
              The one thing to do next
            </h2>
            <p className="summary-priority said">{first.text}</p>
            <p className="summary-do" dir="auto">
              {first.do_next}
            </p>
            <p className="flush muted" dir="auto">
              {first.why}
            </p>
            <Quotes quotes={first.evidence} />
          </section>
        ) : (
          <section className="summary-next">
            <h2 className="summary-label">What this report can say</h2>
            <p className="summary-priority said">
              {whyNot ?? 'The answers give nothing to put first. Read them one by one below.'}
            </p>
          </section>
        )}
      </div>

      <section
        aria-labelledby="overall"
        className="summary-overall stack"
        style={{ '--gap': '1.25rem' } as React.CSSProperties}
      >
        <h2 id="overall" className="summary-label">
          Overall
        </h2>
        {score ? (
          <ScoreRange score={score} />
        ) : (
          first && (
            <p className="flush">
              No overall figure: {lowerFirst(whyNot ?? 'too few answers could be scored.')}
            </p>
          )
        )}
        <p className="flush small muted">
          Rests on {report.coverage.scored} of {plural(report.coverage.planned, 'question')}
          {report.coverage.answered !== report.coverage.scored && ` (${report.coverage.answered} answered)`}.
        </p>
        {report.competencies.length > 0 && (
          <ul role="list" className="summary-competencies">
            {report.competencies.map((result) => (
              <li key={result.competency.id}>
                <bdi>{result.competency.label}</bdi>
                <LevelScale level={bands.indexOf(result.score.band) + 1} />
              </li>
            ))}
          </ul>
        )}
      </section>

      {(others.length > 0 || report.kept_well.length > 0) && (
        <div className="summary-more">
          {report.kept_well.length > 0 && (
            <section className="stack">
              <h2>Keep doing</h2>
              {report.kept_well.map((kept) => (
                <div key={kept.text}>
                  <p className="flush" dir="auto">
                    {kept.text}
                  </p>
                  <Quotes quotes={kept.evidence} />
                </div>
              ))}
            </section>
          )}
          {others.length > 0 && (
            <section className="stack">
              <h2>After that</h2>
              {others.map((priority) => (
                <div key={priority.rank}>
                  <p className="flush" dir="auto">
                    <strong>{priority.text}</strong> {priority.do_next}
                  </p>
                  <p className="flush muted small" dir="auto">
                    {priority.why}
                  </p>
                </div>
              ))}
            </section>
          )}
        </div>
      )}
    </div>
  );
}

function Quotes({ quotes }: { quotes: InterviewReport['kept_well'][number]['evidence'] }) {
  if (quotes.length === 0) return null;
  return (
    <ul role="list" className="summary-quotes">
      {quotes.slice(0, 2).map((quote, index) => (
        <li key={index} className="said">
          “{shorten(quote.quote, 140)}”
        </li>
      ))}
    </ul>
  );
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
