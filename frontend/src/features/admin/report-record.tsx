import type { InterviewReport, ReviewedInterview } from '@/api/types';
import { shorten } from '@/components/answer/margin-notes';
import { bands, LevelScale } from '@/components/level-scale';
import { Notice } from '@/components/notice';
import { ScoreRange } from '@/components/score-range';
import { plural } from '@/lib/format';

import { Moment } from './moment';
import './report-record.css';

/** The report as the candidate gets it: what to work on, the figures, and what they rest on. */
export function ReportRecord({ interview }: { interview: ReviewedInterview }) {
  const { report } = interview;
  return (
    <section aria-labelledby="report" className="report-record">
      <h2 id="report">Report</h2>
      {report === null ? (
        <NoReport interview={interview} />
      ) : (
        <div className="report-record-parts">
          <Findings report={report} />
          <Figures report={report} interview={interview} />
        </div>
      )}
    </section>
  );
}

function NoReport({
  interview: { status, report_status: report, answered },
}: {
  interview: ReviewedInterview;
}) {
  if (report === 'failed')
    return (
      <Notice tone="problem" title="The report could not be made.">
        The answers are kept. The reason stands with each answer below.
      </Notice>
    );
  if (status === 'abandoned')
    return <p className="flush muted">The interview was left, so there is no report.</p>;
  if (status !== 'completed')
    return <p className="flush muted">There is a report once the interview is completed.</p>;
  if (answered === 0) return <p className="flush muted">No question was answered, so there is no report.</p>;
  return (
    <p className="flush muted" role="status">
      The report is being made. It appears here by itself.
    </p>
  );
}

function Findings({ report }: { report: InterviewReport }) {
  if (report.priorities.length === 0 && report.kept_well.length === 0)
    return (
      <p className="flush muted">
        {report.overall.why_not_shown ?? 'The report puts nothing first and names nothing to keep.'}
      </p>
    );
  return (
    <div className="stack" style={{ '--gap': '2rem' } as React.CSSProperties}>
      {report.priorities.length > 0 && (
        <div className="stack" style={{ '--gap': '0.75rem' } as React.CSSProperties}>
          <h3>To work on</h3>
          <ol role="list" className="priorities">
            {report.priorities.map((priority) => (
              <li key={priority.rank}>
                <span className="priority-rank figures" aria-hidden="true">
                  {priority.rank}
                </span>
                <div>
                  <p className="flush">
                    <strong>{priority.text}</strong> {priority.do_next}
                  </p>
                  <p className="flush small muted">{priority.why}</p>
                  <Quotes quotes={priority.evidence} />
                </div>
              </li>
            ))}
          </ol>
        </div>
      )}
      {report.kept_well.length > 0 && (
        <div className="stack" style={{ '--gap': '0.75rem' } as React.CSSProperties}>
          <h3>To keep doing</h3>
          {report.kept_well.map((kept) => (
            <div key={kept.text}>
              <p className="flush">{kept.text}</p>
              <Quotes quotes={kept.evidence} />
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

function Quotes({ quotes }: { quotes: InterviewReport['kept_well'][number]['evidence'] }) {
  if (quotes.length === 0) return null;
  return (
    <ul role="list" className="report-record-quotes">
      {quotes.map((quote, index) => (
        <li key={index} className="said">
          “{shorten(quote.quote, 140)}”
        </li>
      ))}
    </ul>
  );
}

function Figures({ report, interview }: { report: InterviewReport; interview: ReviewedInterview }) {
  const { score, why_not_shown: whyNot } = report.overall;
  const { planned, answered, scored, not_scored: notScored } = report.coverage;
  const position = (id: string) => interview.questions.find((question) => question.id === id)?.position;
  return (
    <div className="stack" style={{ '--gap': '1.25rem' } as React.CSSProperties}>
      <div className="stack" style={{ '--gap': '0.5rem' } as React.CSSProperties}>
        <h3>Overall</h3>
        {score ? (
          <ScoreRange score={score} />
        ) : (
          <p className="flush">No figure. {whyNot ?? 'Too few answers could be scored.'}</p>
        )}
      </div>
      <p className="flush small muted">
        Rests on {scored} of {plural(planned, 'question')}, {answered} answered. Made{' '}
        <Moment at={report.created_at} />
        {score && `, computed by ${score.computed_by}`}.
      </p>
      {report.competencies.length > 0 && (
        <ul role="list" className="report-record-levels">
          {report.competencies.map((result) => (
            <li key={result.competency.id}>
              <span>{result.competency.label}</span>
              <LevelScale level={bands.indexOf(result.score.band) + 1} />
            </li>
          ))}
        </ul>
      )}
      {notScored.length > 0 && (
        <div className="small muted">
          <h3 className="report-record-small">Not in the figures</h3>
          <ul className="flush">
            {notScored.map((item) => (
              <li key={item.question_id}>
                Question {position(item.question_id) ?? '–'}: {item.reason}
              </li>
            ))}
          </ul>
        </div>
      )}
      {report.limits.length > 0 && (
        <div className="small muted">
          <h3 className="report-record-small">Limits</h3>
          <ul className="flush">
            {report.limits.map((limit) => (
              <li key={limit}>{limit}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
