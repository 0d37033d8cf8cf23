import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import Button from 'react-bootstrap/Button';

import { useDeleteAllRecordings } from '@/api/room/delete-all-recordings';
import { allRecordingsQuery } from '@/api/room/list-all-recordings';
import { isArriving } from '@/api/room/list-recordings';
import type { Recordings } from '@/api/types';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { ProblemNotice } from '@/components/problem-notice';
import { Loading, SkeletonRows } from '@/components/skeleton';
import { bytes, plural } from '@/lib/format';

import { AccountSection } from './account-section';
import { DeviceRecordings } from './device-recordings';
import { RecordingRows } from './recording-rows';

/** Every video of this account: on the server, and in this browser. */
export function RecordingsSection({ owner }: { owner: string }) {
  const all = useQuery({
    ...allRecordingsQuery,
    refetchInterval: ({ state }) => (state.data?.recordings.some(isArriving) === true ? 5000 : false),
  });
  return (
    <AccountSection
      id="recordings"
      title="Recordings"
      about="Videos of your interviews, where you agreed to be recorded. Only you can watch them."
    >
      {all.data !== undefined ? (
        <OnServer all={all.data} />
      ) : all.isError ? (
        <ProblemNotice error={all.error} onRetry={() => void all.refetch()} />
      ) : (
        <Loading what="your recordings">
          <SkeletonRows rows={2} />
        </Loading>
      )}
      <DeviceRecordings owner={owner} />
    </AccountSection>
  );
}

function OnServer({ all }: { all: Recordings }) {
  const [asked, setAsked] = useState(false);
  const remove = useDeleteAllRecordings();
  const { recordings, used_bytes: used, quota_bytes: quota, retention_days: days } = all;
  if (recordings.length === 0)
    return (
      <p className="flush" role={remove.isSuccess ? 'status' : undefined}>
        {remove.isSuccess
          ? 'All recordings on the server are deleted.'
          : `None on the server. When you agree to it before an interview, its video is kept here for ${plural(days, 'day')}.`}
      </p>
    );
  return (
    <>
      <div className="stack" style={{ '--gap': '0.5rem' } as React.CSSProperties}>
        <p className="flush figures">
          {bytes(used)} of {bytes(quota)} used. Each video is deleted by itself after {plural(days, 'day')}.
        </p>
        <div className="quota-track" aria-hidden="true">
          <span style={{ width: `${Math.min(100, (used / Math.max(quota, 1)) * 100)}%` }} />
        </div>
        {used >= quota && (
          <p className="flush">There is no room for more. Delete a video before you record again.</p>
        )}
      </div>
      <RecordingRows recordings={recordings} />
      {remove.isError && <ProblemNotice error={remove.error} />}
      <div>
        <Button variant="quiet" onClick={() => setAsked(true)}>
          Delete all recordings
        </Button>
      </div>
      <ConfirmDialog
        open={asked}
        title="Delete all recordings?"
        confirm={`Delete ${plural(recordings.length, 'recording')}`}
        cancel="Keep them"
        busy={remove.isPending}
        onConfirm={() => remove.mutate(undefined, { onSettled: () => setAsked(false) })}
        onCancel={() => setAsked(false)}
      >
        <p>
          All videos on the server are deleted for good. Your answers and reports stay, and so does what is
          only on a device of yours.
        </p>
      </ConfirmDialog>
    </>
  );
}
