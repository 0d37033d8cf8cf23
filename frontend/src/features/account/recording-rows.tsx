import { useState } from 'react';
import Button from 'react-bootstrap/Button';
import { Link } from 'react-router';

import { useDeleteRecording } from '@/api/room/delete-recording';
import type { CandidateRecording, Recording } from '@/api/types';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { ProblemNotice } from '@/components/problem-notice';
import { paths } from '@/config/paths';
import { bytes, duration, exactTime, longDate } from '@/lib/format';

const states: Record<Recording['status'], string | null> = {
  receiving: 'still arriving',
  assembling: 'being put together',
  ready: null,
  partial: 'ends early',
  failed: 'could not be made into a video',
};

/** The videos on the server, newest first. */
export function RecordingRows({ recordings }: { recordings: CandidateRecording[] }) {
  const [asked, setAsked] = useState<CandidateRecording | null>(null);
  const remove = useDeleteRecording();
  return (
    <>
      {remove.isError && <ProblemNotice error={remove.error} />}
      <ul role="list" className="account-rows">
        {recordings.map((recording) => (
          <li key={recording.id}>
            <div className="account-row-main">
              <Link to={{ pathname: paths.report(recording.interview_id), hash: 'recording' }}>
                {recording.role_title}
              </Link>
              <span className="small muted figures">{factsOf(recording).join(' · ')}</span>
            </div>
            <div className="account-row-actions">
              <Button
                variant="words"
                aria-label={`Delete the recording of ${recording.role_title}, ${exactTime(recording.started_at)}`}
                onClick={() => setAsked(recording)}
              >
                Delete
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <ConfirmDialog
        open={asked !== null}
        title="Delete this recording?"
        confirm="Delete it"
        cancel="Keep it"
        busy={remove.isPending}
        onConfirm={() => asked !== null && remove.mutate(asked, { onSettled: () => setAsked(null) })}
        onCancel={() => setAsked(null)}
      >
        <p>
          {asked !== null && `${asked.role_title}, ${exactTime(asked.started_at)}. `}The video is deleted for
          good from the server. Your answers and the report stay.
        </p>
      </ConfirmDialog>
    </>
  );
}

function factsOf(recording: CandidateRecording): string[] {
  const {
    started_at: started,
    duration_s: length,
    size_bytes: size,
    delete_after: until,
    status,
  } = recording;
  return [
    exactTime(started),
    length === null ? null : duration(length),
    bytes(size),
    states[status],
    `kept until ${longDate(until)}`,
  ].filter((fact) => fact !== null);
}
