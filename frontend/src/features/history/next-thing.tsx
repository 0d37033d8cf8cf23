import { Link } from 'react-router';

import { waitsToBeOpened } from '@/api/interviews/waits-to-be-opened';
import type { InterviewSummary } from '@/api/types';
import { Icon } from '@/components/icon';
import { bands, LevelScale } from '@/components/level-scale';
import { paths } from '@/config/paths';
import { plural, when } from '@/lib/format';

import './next-thing.css';

/** The one useful thing to do now: go on, read the report, or begin. */
export function NextThing({ latest }: { latest: InterviewSummary }) {
  const name = `${latest.role.title}, ${latest.level.label.toLowerCase()}`;
  const again = `${paths.newInterview}?role=${latest.role.id}&level=${latest.level.id}`;

  if (latest.status === 'in_progress')
    return (
      <Block
        label="Go on where you stopped"
        title={name}
        text={`${latest.answered} of ${plural(latest.question_count, 'question')} answered. Begun ${when(latest.created_at)}.`}
        to={paths.interview(latest.id)}
        action="Resume interview"
      />
    );
  if (latest.status === 'ready')
    return (
      <Block
        label="Ready when you are"
        title={name}
        text={`${plural(latest.question_count, 'question')} prepared ${when(latest.created_at)}. Nothing is timed before you begin.`}
        to={paths.interview(latest.id)}
        action="Begin"
      />
    );
  if (latest.status === 'preparing' || latest.status === 'draft')
    return (
      <Block
        label="Being prepared"
        title={name}
        text="The questions are on their way."
        to={paths.interview(latest.id)}
        action="See how far it is"
      />
    );
  if (latest.report_status === 'pending' || latest.report_status === 'none')
    return (
      <Block
        label="Your answers are being read"
        title={name}
        text={
          latest.report_revealed
            ? 'Read what is ready already; the rest appears by itself.'
            : 'The report appears by itself.'
        }
        to={paths.report(latest.id)}
        action="Follow along"
      />
    );
  if (waitsToBeOpened(latest))
    return (
      <Block
        label="Your report is ready"
        title={name}
        text="Rate your own answers first, or skip that; then it shows its figures."
        to={paths.report(latest.id)}
        action="Open the report"
      />
    );
  return (
    <Block
      label="Your latest report"
      title={name}
      text={`Finished ${when(latest.completed_at ?? latest.created_at)}.`}
      level={latest.overall === null ? null : bands.indexOf(latest.overall.band) + 1}
      to={paths.report(latest.id)}
      action="Read the report"
      second={
        <Link className="btn btn-quiet" to={again}>
          Practise it again
        </Link>
      }
    />
  );
}

interface BlockProps {
  label: string;
  title: string;
  text: string;
  to: string;
  action: string;
  level?: number | null;
  second?: React.ReactNode;
}

function Block({ label, title, text, to, action, level = null, second }: BlockProps) {
  return (
    <section className="next-thing" aria-labelledby="next-thing">
      <p className="flush muted">{label}</p>
      <h2 id="next-thing" className="next-thing-title">
        {title}
      </h2>
      {level !== null && <LevelScale level={level} size="large" />}
      <p className="lead flush">{text}</p>
      <div className="row-wrap next-thing-actions">
        <Link className="btn btn-primary" to={to}>
          {action} <Icon name="arrow" />
        </Link>
        {second}
      </div>
    </section>
  );
}

/** Before the first interview: what will be here, and how to begin. */
export function FirstThing() {
  return (
    <section className="next-thing" aria-labelledby="next-thing">
      <h2 id="next-thing" className="next-thing-title">
        Your first interview
      </h2>
      <p className="lead flush">
        Choose a job and a level. Five questions take about a quarter of an hour, and three are fine to begin
        with. The report tells you one thing to do next.
      </p>
      <div className="row-wrap next-thing-actions">
        <Link className="btn btn-primary" to={paths.newInterview}>
          Choose a job <Icon name="arrow" />
        </Link>
      </div>
    </section>
  );
}
