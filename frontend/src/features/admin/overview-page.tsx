import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';

import { overviewQuery } from '@/api/admin/get-overview';
import type { Overview } from '@/api/types';
import { Icon } from '@/components/icon';
import { LevelScale } from '@/components/level-scale';
import { PageTitle } from '@/components/page-title';
import { ProblemNotice } from '@/components/problem-notice';
import { Loading, SkeletonLine, SkeletonRows } from '@/components/skeleton';
import { paths } from '@/config/paths';
import { count, dollars, plural, when } from '@/lib/format';

import { DayChart } from './day-chart';
import { writeSearch, type InterviewSearch } from './interview-search';
import './overview-page.css';

/** First what needs somebody, then how much there is. */
export function Component() {
  const overview = useQuery(overviewQuery);
  const { data } = overview;
  return (
    <div className="page overview">
      <PageTitle>Overview</PageTitle>
      <header className="stack" style={{ '--gap': '0.5rem' } as React.CSSProperties}>
        <h1>Overview</h1>
        {data && <p className="flush muted figures">As of {when(data.updated_at)}.</p>}
      </header>
      {overview.isError && <ProblemNotice error={overview.error} onRetry={() => void overview.refetch()} />}
      {data === undefined ? (
        overview.isPending && <OverviewSkeleton />
      ) : data.interviews === 0 ? (
        <p className="lead flush">
          {data.candidates === 0
            ? 'Nobody has signed up yet. Candidates and their interviews are counted here from the first one on.'
            : `${plural(data.candidates, 'candidate has', 'candidates have')} signed up, and nobody has set up an interview yet. It is counted here as soon as one does.`}
        </p>
      ) : (
        <div className="overview-parts">
          <NeedsALook overview={data} />
          <section aria-labelledby="per-day" className="stack">
            <h2 id="per-day">Completed per day</h2>
            <DayChart days={data.completed_last_7_days} />
          </section>
          <SoFar overview={data} />
        </div>
      )}
    </div>
  );
}

function table(search: Partial<InterviewSearch>): string {
  return `${paths.adminInterviews}?${writeSearch(search).toString()}`;
}

/** Failed analyses are found by their reports: one that failed as a whole, or one that came out in part. */
function NeedsALook({ overview }: { overview: Overview }) {
  const { failed_analyses: failed, awaiting_report: awaited } = overview;
  return (
    <section aria-labelledby="needs" className="stack">
      <h2 id="needs">Needs a look</h2>
      {failed === 0 && awaited === 0 && (
        <p className="overview-calm flush">
          <Icon name="check" /> Nothing waits: every answer handed in was analysed, and every finished
          interview has its report.
        </p>
      )}
      {failed > 0 && (
        <div className="overview-need">
          <p className="flush">
            <strong className="attention">{plural(failed, 'answer')} could not be analysed.</strong> The
            candidates keep their answers and can ask again. Look among the reports that{' '}
            <Link to={table({ report: 'failed' })}>failed</Link> or came out{' '}
            <Link to={table({ report: 'partial' })}>in part</Link>.
          </p>
        </div>
      )}
      {awaited > 0 && (
        <div className="overview-need">
          <p className="flush">
            <strong>
              {plural(awaited, 'finished interview waits', 'finished interviews wait')} for the report.
            </strong>{' '}
            It usually takes less than a minute; one that waits for long points at a fault.{' '}
            <Link to={table({ status: 'completed', report: 'pending', sort: 'created_at' })}>
              Show the oldest first
            </Link>
          </p>
        </div>
      )}
    </section>
  );
}

function SoFar({ overview }: { overview: Overview }) {
  const {
    candidates,
    interviews,
    completed,
    in_progress: open,
    mean_overall: mean,
    ai_last_30_days: ai,
  } = overview;
  const others = interviews - completed - open;
  return (
    <section aria-labelledby="so-far" className="overview-so-far">
      <h2 id="so-far">So far</h2>
      <dl className="overview-figures">
        <Figure label="Interviews" value={count(interviews)} to={paths.adminInterviews}>
          {candidates > 0 && `${(interviews / candidates).toFixed(1)} per candidate on average`}
        </Figure>
        <Figure label="Completed" value={count(completed)} to={table({ status: 'completed' })}>
          {share(completed, interviews)} of all interviews
        </Figure>
        <Figure label="Under way" value={count(open)} to={table({ status: 'in_progress' })}>
          {others > 0 ? `${count(others)} more not begun or left` : 'none not begun, none left'}
        </Figure>
        <Figure label="Candidates" value={count(candidates)} to={paths.adminCandidates}>
          signed up
        </Figure>
        <Figure
          label="Overall on average"
          value={mean === null ? 'None' : mean.toFixed(1)}
          to={mean === null ? null : table({ sort: '-overall' })}
        >
          {mean === null ? 'no report shows an overall figure yet' : <LevelScale level={Math.round(mean)} />}
        </Figure>
        <Figure
          label="AI in 30 days"
          value={ai.cost_usd === null ? 'None' : dollars(Number(ai.cost_usd))}
          to={null}
        >
          {ai.requests === 0
            ? 'no AI was asked'
            : `${plural(ai.requests, 'request', 'requests')}, ${count(ai.input_tokens + ai.output_tokens)} tokens`}
          {ai.requests > 0 && ai.without_cost > 0 && `, ${count(ai.without_cost)} without a known price`}
        </Figure>
      </dl>
    </section>
  );
}

function share(part: number, whole: number): string {
  return whole === 0 ? '0 %' : `${Math.round((part / whole) * 100)} %`;
}

interface FigureProps {
  label: string;
  value: string;
  /** The table with what was counted. */
  to: string | null;
  children: React.ReactNode;
}

function Figure({ label, value, to, children }: FigureProps) {
  return (
    <div>
      <dt>{to === null ? label : <Link to={to}>{label}</Link>}</dt>
      <dd className="overview-value figures">{value}</dd>
      <dd className="small muted">{children}</dd>
    </div>
  );
}

function OverviewSkeleton() {
  return (
    <Loading what="the overview">
      <div className="overview-parts">
        <SkeletonRows rows={2} />
        <SkeletonLine height="12rem" />
        <div className="overview-so-far overview-figures">
          {[0, 1, 2, 3, 4].map((figure) => (
            <div key={figure} className="stack" style={{ '--gap': '0.625rem' } as React.CSSProperties}>
              <SkeletonLine width="60%" height="0.875rem" />
              <SkeletonLine width="40%" height="2rem" />
            </div>
          ))}
        </div>
      </div>
    </Loading>
  );
}
