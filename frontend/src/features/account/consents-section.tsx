import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';

import { ledgerQuery } from '@/api/room/list-consents';
import type { CaptureId, LedgerEntry } from '@/api/types';
import { BusyButton } from '@/components/busy-button';
import { ProblemNotice } from '@/components/problem-notice';
import { Loading, SkeletonRows } from '@/components/skeleton';
import { paths } from '@/config/paths';
import { exactTime } from '@/lib/format';

import { AccountSection } from './account-section';

const names: Record<CaptureId, string> = {
  audio_transcription: 'Speech turned into text',
  video_recording: 'Video recording',
  face_monitoring: 'Session notices',
  expression_analysis: 'What your face looks like',
};

/** The ledger: what was agreed to, in which words, for which interview, and when it was taken back. */
export function ConsentsSection() {
  const ledger = useInfiniteQuery(ledgerQuery);
  const entries = ledger.data?.pages.flatMap(({ items }) => items);
  return (
    <AccountSection
      id="consents"
      title="What you agreed to"
      about="Agreed to for one interview each, and taken back in the interview itself. Entries are never changed."
    >
      {entries === undefined ? (
        ledger.isError ? (
          <ProblemNotice error={ledger.error} onRetry={() => void ledger.refetch()} />
        ) : (
          <Loading what="what you agreed to">
            <SkeletonRows rows={3} />
          </Loading>
        )
      ) : entries.length === 0 ? (
        <p className="flush">
          Nothing so far. Microphone and camera stay off unless you agree to something before an interview;
          each time you do, it is written down here.
        </p>
      ) : (
        <>
          <ul role="list" className="account-rows">
            {entries.map((entry) => (
              <Entry key={`${entry.interview_id}${entry.capture}${entry.given_at}`} entry={entry} />
            ))}
          </ul>
          {ledger.isFetchNextPageError && <ProblemNotice error={ledger.error} />}
          {ledger.hasNextPage && (
            <div>
              <BusyButton
                variant="quiet"
                busy={ledger.isFetchingNextPage}
                busyText="Loading…"
                onClick={() => void ledger.fetchNextPage()}
              >
                Show earlier ones
              </BusyButton>
            </div>
          )}
        </>
      )}
    </AccountSection>
  );
}

function Entry({ entry }: { entry: LedgerEntry }) {
  return (
    <li>
      <div className="account-row-main">
        <span>
          <strong>{names[entry.capture]}</strong> in{' '}
          <Link to={paths.interview(entry.interview_id)}>{entry.role_title}</Link>
        </span>
        <span className="small muted figures">
          Given {exactTime(entry.given_at)}
          {entry.withdrawn_at === null ? ', not taken back' : `, taken back ${exactTime(entry.withdrawn_at)}`}
        </span>
        <details className="consent-words">
          <summary>
            The words you agreed to<span className="visually-hidden"> about {names[entry.capture]}</span>
          </summary>
          <blockquote>{entry.statement}</blockquote>
          <p className="small muted">Version {entry.version}</p>
        </details>
      </div>
    </li>
  );
}
