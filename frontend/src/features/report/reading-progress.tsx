import { useEffect, useState } from 'react';

import type { Interview, ReportAnswer } from '@/api/types';
import { plural } from '@/lib/format';

import './reading-progress.css';

type Status = ReportAnswer['status'];

const words: Record<Status, string> = {
  queued: 'waiting',
  running: 'being read',
  done: 'ready',
  partial: 'ready, in part',
  insufficient: 'not scored',
  failed: 'not analysed',
};

/** What is ready and what is not, answer by answer. Nothing here guesses how long the rest takes. */
export function ReadingProgress({
  interview,
  slowAfter = 45_000,
}: {
  interview: Interview;
  slowAfter?: number;
}) {
  const answers = interview.questions.filter((question) => question.answer !== null);
  const statuses = answers.map((question): Status => question.answer?.analysis ?? 'queued');
  const open = statuses.filter((status) => status === 'queued' || status === 'running').length;
  const ready = answers.length - open;
  const slow = useSlow(interview.version, slowAfter);
  const failed = statuses.filter((status) => status === 'failed').length;

  return (
    <header className="reading">
      <p className="flush muted">
        <bdi>{interview.role.title}</bdi>, {interview.level.label.toLowerCase()}
      </p>
      <h1>{open > 0 ? 'Your answers are being read' : 'Your report is being put together'}</h1>
      <ol role="list" className="reading-steps" aria-hidden="true">
        {answers.map((question, index) => (
          <li key={question.id} className="reading-step" data-status={statuses[index]}>
            <span>
              {question.position} · {words[statuses[index] ?? 'queued']}
            </span>
          </li>
        ))}
      </ol>
      <p className="lead flush" role="status">
        {ready} of {plural(answers.length, 'answer')} ready.{' '}
        {open > 0 ? 'Read what is there; the rest appears by itself.' : 'The summary follows in a moment.'}
      </p>
      {failed > 0 && (
        <p className="flush">
          {plural(failed, 'answer')} could not be analysed. Open {failed === 1 ? 'it' : 'them'} below to try
          again.
        </p>
      )}
      {slow && (
        <p className="flush muted" role="status">
          This takes longer than usual. Your answers are safe. You can close this page: the report waits for
          you in your history.
        </p>
      )}
    </header>
  );
}

/** True when nothing has changed for a while. */
function useSlow(version: number, after: number): boolean {
  const [slowVersion, setSlowVersion] = useState<number | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setSlowVersion(version), after);
    return () => clearTimeout(timer);
  }, [version, after]);
  return slowVersion === version;
}
