import { Link } from 'react-router';

import { waitsToBeOpened } from '@/api/interviews/waits-to-be-opened';
import type { InterviewSummary } from '@/api/types';
import { bands, LevelScale } from '@/components/level-scale';
import { paths } from '@/config/paths';
import { plural, when } from '@/lib/format';

import './interview-rows.css';

/** Past interviews as plain rows; each leads to where it stands. */
export function InterviewRows({ interviews }: { interviews: InterviewSummary[] }) {
  return (
    <ul role="list" className="rows">
      {interviews.map((interview) => (
        <li key={interview.id}>
          <Link
            className="row"
            to={interview.status === 'completed' ? paths.report(interview.id) : paths.interview(interview.id)}
          >
            <span className="row-main">
              <span className="row-title">
                <bdi>{interview.role.title}</bdi>, {interview.level.label.toLowerCase()}
              </span>
              <span className="small muted">
                {when(interview.completed_at ?? interview.created_at)} · {interview.answered} of{' '}
                {plural(interview.question_count, 'question')} answered
              </span>
            </span>
            <RowStatus interview={interview} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

const words: Record<InterviewSummary['status'], string> = {
  draft: 'Could not be prepared',
  preparing: 'Being prepared',
  ready: 'Ready to begin',
  in_progress: 'Go on',
  completed: '',
  abandoned: 'Left',
};

const reportWords: Record<InterviewSummary['report_status'], string> = {
  none: 'Being read',
  pending: 'Being read',
  done: 'Report ready',
  partial: 'Report ready, in part',
  insufficient: 'No overall score',
  failed: 'Not analysed yet',
};

function RowStatus({ interview }: { interview: InterviewSummary }) {
  if (interview.overall !== null)
    return <LevelScale level={bands.indexOf(interview.overall.band) + 1} word={interview.overall.band} />;
  const waits = waitsToBeOpened(interview);
  const open = waits || interview.status === 'in_progress' || interview.status === 'ready';
  const { status, report_status: report } = interview;
  return (
    <span className={open ? 'row-open' : 'muted'}>
      {waits ? 'Rate your answers' : status === 'completed' ? reportWords[report] : words[status]}
    </span>
  );
}
