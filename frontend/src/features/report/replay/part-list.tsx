import { useState } from 'react';
import Button from 'react-bootstrap/Button';

import { useDeleteRecording } from '@/api/room/delete-recording';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { ProblemNotice } from '@/components/problem-notice';
import { bytes, duration, exactTime } from '@/lib/format';
import type { LocalRecordings } from '@/lib/recording/use-local-recordings';

import { keptUntil, stateOf } from './part-words';
import { isPlayable, type Part } from './parts';
import './part-list.css';

interface Props {
  parts: Part[];
  chosen: string | null;
  local: LocalRecordings;
  onChoose: (id: string) => void;
  onDeleted: () => void;
}

/** Every part with its state, and what can be done with it. */
export function PartList({ parts, chosen, local, onChoose, onDeleted }: Props) {
  const [asked, setAsked] = useState<Part | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const remove = useDeleteRecording();

  async function confirmed(part: Part): Promise<void> {
    setFailure(null);
    try {
      if (part.where === 'server') await remove.mutateAsync(part.recording);
      else await local.remove(part.id);
      onDeleted();
    } catch (error) {
      setFailure(error);
    }
    setAsked(null);
  }

  return (
    <div className="stack">
      {failure !== null && <ProblemNotice error={failure} />}
      <ol role="list" className="parts">
        {parts.map((part, index) => {
          const state = stateOf(part);
          const name = parts.length === 1 ? 'the recording' : `part ${index + 1}`;
          return (
            <li key={part.id}>
              <div className="part-facts">
                {parts.length > 1 && (
                  <strong>
                    Part {index + 1} of {parts.length}
                    {part.id === chosen && <span className="muted"> · on the screen</span>}
                  </strong>
                )}
                {state !== null && <span>{state}</span>}
                <span className="small muted figures">
                  {[
                    exactTime(part.startedAt),
                    part.durationS === null ? null : duration(part.durationS),
                    part.bytes > 0 ? bytes(part.bytes) : null,
                    keptUntil(part),
                  ]
                    .filter((fact) => fact !== null)
                    .join(' · ')}
                </span>
              </div>
              <div className="part-actions">
                {parts.length > 1 && isPlayable(part) && part.id !== chosen && (
                  <Button variant="words" aria-label={`Watch ${name}`} onClick={() => onChoose(part.id)}>
                    Watch
                  </Button>
                )}
                {part.where === 'device' && !part.recording.running && (
                  <DownloadButton part={part} name={name} local={local} />
                )}
                {!(part.where === 'device' && part.recording.running) && (
                  <Button variant="words" aria-label={`Delete ${name}`} onClick={() => setAsked(part)}>
                    Delete
                  </Button>
                )}
              </div>
            </li>
          );
        })}
      </ol>
      <ConfirmDialog
        open={asked !== null}
        title="Delete this recording?"
        confirm="Delete it"
        cancel="Keep it"
        busy={remove.isPending}
        onConfirm={() => asked !== null && void confirmed(asked)}
        onCancel={() => setAsked(null)}
      >
        <p>
          The video is deleted for good
          {asked?.where === 'device' ? ' from this device, and there is no other copy' : ' from the server'}.
          Your answers, the report and the notices stay.
        </p>
      </ConfirmDialog>
    </div>
  );
}

interface DownloadProps {
  part: Part;
  name: string;
  local: LocalRecordings;
}

/** Saves a video of this browser as a file. The file is read only now, as it may be large. */
function DownloadButton({ part, name, local }: DownloadProps) {
  const [gone, setGone] = useState(false);
  async function download(): Promise<void> {
    const address = await local.url(part.id).catch(() => null);
    if (address === null) {
      setGone(true);
      return;
    }
    const link = document.createElement('a');
    link.href = address;
    const type = part.recording;
    const format = 'contentType' in type && type.contentType.startsWith('video/mp4') ? 'mp4' : 'webm';
    link.download = `interview-${part.startedAt.slice(0, 10)}.${format}`;
    link.click();
  }
  if (gone) return <span role="status">This browser no longer has it.</span>;
  return (
    <Button variant="words" aria-label={`Download ${name}`} onClick={() => void download()}>
      Download
    </Button>
  );
}
