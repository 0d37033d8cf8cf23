import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import Button from 'react-bootstrap/Button';
import { Link } from 'react-router';

import { interviewsQuery } from '@/api/interviews/list-interviews';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Notice } from '@/components/notice';
import { paths } from '@/config/paths';
import { bytes, duration, exactTime } from '@/lib/format';
import type { LocalRecording } from '@/lib/recording/types';
import { useLocalRecordings } from '@/lib/recording/use-local-recordings';

/** Videos that only this browser has. Nothing at all where there are none. */
export function DeviceRecordings({ owner }: { owner: string }) {
  const local = useLocalRecordings(owner);
  const [asked, setAsked] = useState<LocalRecording | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const some = (local.recordings ?? []).length > 0;
  const interviews = useInfiniteQuery({ ...interviewsQuery, enabled: some });
  const titles = new Map(
    interviews.data?.pages.flatMap(({ items }) => items.map(({ id, role }) => [id, role.title] as const)),
  );

  async function download(recording: LocalRecording): Promise<void> {
    const address = await local.url(recording.id).catch(() => null);
    setTrouble(address === null ? 'This browser no longer has the video.' : null);
    if (address === null) return;
    const link = document.createElement('a');
    link.href = address;
    link.download = `interview-${recording.startedAt.slice(0, 10)}.${recording.contentType.startsWith('video/mp4') ? 'mp4' : 'webm'}`;
    link.click();
  }

  async function remove(recording: LocalRecording): Promise<void> {
    try {
      await local.remove(recording.id);
      setTrouble(null);
    } catch {
      setTrouble('The video could not be deleted. Close other tabs of this site and try again.');
    }
    setAsked(null);
  }

  if (local.failed)
    return (
      <p className="flush small muted">
        Whether this browser keeps videos of its own could not be found out: it lets this site store nothing.
      </p>
    );
  if (!some && trouble === null) return null;
  return (
    <section className="stack" aria-labelledby="on-this-device">
      <h3 id="on-this-device" className="account-heading">
        On this device only
      </h3>
      <p className="flush small muted">
        In this browser, never sent. Whoever uses it after you on a shared machine may find them.
      </p>
      {trouble !== null && <Notice tone="problem" title={trouble} urgent />}
      <ul role="list" className="account-rows">
        {(local.recordings ?? []).map((recording) => {
          const title = titles.get(recording.scope) ?? 'Interview';
          return (
            <li key={recording.id}>
              <div className="account-row-main">
                <Link to={{ pathname: paths.report(recording.scope), hash: 'recording' }}>{title}</Link>
                <span className="small muted figures">
                  {exactTime(recording.startedAt)} · {duration(recording.seconds - (recording.restFrom ?? 0))}{' '}
                  · {bytes(recording.bytes)}
                  {recording.restFrom !== null && ' · what the server did not take any more'}
                  {recording.running && ' · being recorded now'}
                </span>
              </div>
              {!recording.running && (
                <div className="account-row-actions">
                  <Button
                    variant="words"
                    aria-label={`Download the recording of ${title}`}
                    onClick={() => void download(recording)}
                  >
                    Download
                  </Button>
                  <Button
                    variant="words"
                    aria-label={`Delete the recording of ${title}`}
                    onClick={() => setAsked(recording)}
                  >
                    Delete
                  </Button>
                </div>
              )}
            </li>
          );
        })}
      </ul>
      <ConfirmDialog
        open={asked !== null}
        title="Delete this recording?"
        confirm="Delete it"
        cancel="Keep it"
        onConfirm={() => asked !== null && void remove(asked)}
        onCancel={() => setAsked(null)}
      >
        <p>The video is deleted for good from this device. There is no other copy.</p>
      </ConfirmDialog>
    </section>
  );
}
