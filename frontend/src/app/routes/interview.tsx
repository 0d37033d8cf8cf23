import { Link, Navigate, useParams } from 'react-router';

import { useLiveInterview } from '@/api/interviews/use-live-interview';
import { isProblem } from '@/api/problem';
import type { Interview } from '@/api/types';
import { Logo } from '@/components/logo';
import { PageTitle } from '@/components/page-title';
import { ProblemNotice } from '@/components/problem-notice';
import { Loading, SkeletonLine } from '@/components/skeleton';
import { ThemeSwitch } from '@/components/theme-switch';
import { paths } from '@/config/paths';
import { BeforeStart } from '@/features/room/before/before-start';
import { StartSummary } from '@/features/room/before/start-summary';
import { CapturesProvider } from '@/features/room/captures/captures-provider';
import { currentQuestion } from '@/features/room/question/thread';
import { Room } from '@/features/room/room';
import { Preparing, ReadyToStart } from '@/features/setup/preparing';

import './interview.css';

/** One address for an interview's whole life: whatever its state, this shows the right screen for it. */
export function Component() {
  const { interviewId = '' } = useParams();
  const { data: interview, error, isError, refetch } = useLiveInterview(interviewId);

  if (interview === undefined)
    return (
      <QuietPage title="Interview">
        {isError ? (
          <>
            <h1>
              {isProblem(error) && error.status === 404
                ? 'There is no such interview'
                : 'The interview could not be loaded'}
            </h1>
            <ProblemNotice error={error} onRetry={() => void refetch()} />
          </>
        ) : (
          <Loading what="the interview">
            <div className="stack" style={{ '--gap': '1.25rem' } as React.CSSProperties}>
              <SkeletonLine width="8rem" />
              <SkeletonLine height="2.25rem" />
              <SkeletonLine width="70%" height="2.25rem" />
              <SkeletonLine height="14rem" />
            </div>
          </Loading>
        )}
      </QuietPage>
    );

  if (interview.status === 'completed') return <Navigate to={paths.report(interview.id)} replace />;
  if (interview.status === 'abandoned') return <Discarded interview={interview} />;
  if (interview.status === 'ready' || interview.status === 'in_progress')
    return (
      <CapturesProvider key={interview.id} interview={interview}>
        {interview.status === 'in_progress' ? (
          <CurrentQuestion interview={interview} />
        ) : (
          <QuietPage title="Ready to start">
            <ReadyToStart interview={interview} summary={<StartSummary />}>
              <BeforeStart />
            </ReadyToStart>
          </QuietPage>
        )}
      </CapturesProvider>
    );
  return (
    <QuietPage title="Preparing">
      <Preparing interview={interview} />
    </QuietPage>
  );
}

function CurrentQuestion({ interview }: { interview: Interview }) {
  const question = currentQuestion(interview);
  if (question === undefined) return <QuietPage title="Interview">{null}</QuietPage>;
  return (
    <>
      <PageTitle>
        {`Question ${question.position} of ${interview.questions.length}${
          question.follow_up === null ? '' : `, follow-up ${question.follow_up.number}`
        }`}
      </PageTitle>
      <Room key={question.id} interview={interview} question={question} />
    </>
  );
}

function Discarded({ interview }: { interview: Interview }) {
  return (
    <QuietPage title="Interview left">
      <h1>This interview was left</h1>
      <p className="lead flush">It cannot be taken up again, but its job and level can.</p>
      <div className="row-wrap">
        <Link
          className="btn btn-primary"
          to={`${paths.newInterview}?role=${interview.role.id}&level=${interview.level.id}`}
        >
          Begin a new one like it
        </Link>
        {interview.questions.some(({ answer }) => answer !== null) && (
          <Link className="btn btn-quiet" to={paths.report(interview.id)}>
            See what was answered
          </Link>
        )}
      </div>
    </QuietPage>
  );
}

function QuietPage({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className="quiet">
      <PageTitle>{title}</PageTitle>
      <header className="quiet-bar">
        <Link to={paths.home} className="quiet-logo" aria-label="Interview Kit, to your practice">
          <Logo />
        </Link>
        <ThemeSwitch />
      </header>
      <div className="page page-narrow quiet-body">{children}</div>
    </div>
  );
}
