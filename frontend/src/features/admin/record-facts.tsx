import { Link } from 'react-router';

import type { ReviewedInterview } from '@/api/types';
import { paths } from '@/config/paths';
import { duration } from '@/lib/format';

import { writeSearch } from './interview-search';
import { Moment } from './moment';
import { Spending } from './spending';
import { candidateName, capital } from './status-words';

/** Who, when, and who wrote the questions. */
export function RecordFacts({ interview }: { interview: ReviewedInterview }) {
  const { candidate, source, status } = interview;
  const ended = status === 'completed' || status === 'abandoned';
  const never = ended ? 'never' : 'not yet';
  return (
    <section aria-labelledby="facts">
      <h2 id="facts" className="visually-hidden">
        Facts
      </h2>
      <dl className="facts record-facts">
        <div>
          <dt>Candidate</dt>
          <dd>
            {candidateName(candidate)}
            {candidate.display_name !== null && candidate.email !== null && (
              <span className="second-line">{candidate.email}</span>
            )}
            <Link
              className="record-more"
              to={`${paths.adminInterviews}?${writeSearch({ candidate: candidate.id }).toString()}`}
            >
              All interviews of this candidate
            </Link>
          </dd>
        </div>
        <div>
          <dt>Questions</dt>
          <dd>
            {interview.answered} of {interview.question_count} answered
            <Source source={source} />
          </dd>
        </div>
        <div>
          <dt>Set up</dt>
          <dd>
            <Moment at={interview.created_at} />
            <Took
              from={interview.created_at}
              to={interview.ready_at}
              words="until the questions were ready"
            />
          </dd>
        </div>
        <div>
          <dt>Begun</dt>
          <dd>
            <Moment at={interview.started_at} none={never} />
          </dd>
        </div>
        <div>
          <dt>{status === 'abandoned' ? 'Left' : 'Completed'}</dt>
          <dd>
            <Moment at={interview.completed_at} none={never} />
            <Took from={interview.started_at} to={interview.completed_at} words="after it was begun" />
          </dd>
        </div>
        <div>
          <dt>AI used</dt>
          <dd>
            <Spending spending={interview.ai_spending} />
          </dd>
        </div>
        <div>
          <dt>Record number</dt>
          <dd className="small record-number">{interview.id}</dd>
        </div>
      </dl>
    </section>
  );
}

function Took({ from, to, words }: { from: string | null; to: string | null; words: string }) {
  if (from === null || to === null) return null;
  const seconds = (Date.parse(to) - Date.parse(from)) / 1000;
  return (
    <span className="second-line">
      {seconds < 1 ? 'less than a second' : duration(seconds)} {words}
    </span>
  );
}

function Source({ source }: { source: ReviewedInterview['source'] }) {
  if (source === null) return <span className="second-line">Not written yet</span>;
  const own = source.provider === 'bank' || source.provider === 'offline';
  return (
    <>
      <span className="second-line">
        {own ? 'From the built-in question bank' : `Written by ${capital(source.provider)}`}
        {source.model != null && ` (${source.model})`}
        {source.prompt_version != null && `, prompt ${source.prompt_version}`}
      </span>
      {source.fallback_reason != null && <span className="second-line">{source.fallback_reason}</span>}
    </>
  );
}
