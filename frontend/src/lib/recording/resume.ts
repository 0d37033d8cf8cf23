import { hold } from './ownership';
import { unsent } from './session';
import { changeRecording, dropRecording, keptRecordings } from './store';
import type { RecordingTransport } from './types';
import { RecordingUploader } from './uploader';

/**
 * Sends and completes what earlier pages of this owner left behind, all scopes, except what another tab has in hand.
 * For a page outside the room, such as the list of recordings. Returns the function that ends it.
 */
export function resumeRecordings(
  owner: string,
  transport: RecordingTransport,
  onBacklog: (backlog: { recordings: number; chunks: number; bytes: number }) => void = () => undefined,
): () => void {
  const uploaders = new Map<string, { uploader: RecordingUploader; release: () => void }>();
  const gone = new AbortController();
  /** Not done yet, whether in hand or waiting for another tab to let go. */
  const left = new Set<string>();

  async function tell(): Promise<void> {
    const backlog = await unsent(left);
    if (!gone.signal.aborted) onBacklog({ recordings: left.size, ...backlog });
  }

  async function begin(): Promise<void> {
    for (const { id, mode } of await keptRecordings(owner)) {
      if (mode === 'server') left.add(id);
    }
    for (const id of left) takeUp(id).catch(() => undefined); // storage went away: the next page tries again
    await tell();
  }

  async function takeUp(id: string): Promise<void> {
    if (gone.signal.aborted) return;
    const release = await hold(id, gone.signal);
    if (release === null) return;
    if (isOver()) {
      release();
      return;
    }
    await changeRecording(id, { finished: true });
    const uploader = new RecordingUploader(id, transport, {
      changed: () => void tell(),
      refused: () => void tell(),
      done: () => {
        uploaders.delete(id);
        left.delete(id);
        release();
        void tell();
      },
    });
    uploaders.set(id, { uploader, release });
    uploader.poke();
    await tell();
  }

  function isOver(): boolean {
    return gone.signal.aborted;
  }

  // No storage: then nothing was left in it.
  begin().catch(() => undefined);

  return () => {
    gone.abort();
    for (const { uploader, release } of uploaders.values()) {
      uploader.end();
      release();
    }
    uploaders.clear();
  };
}

/** Deletes everything of this owner that this browser keeps, sent or not, except what is being recorded now. */
export async function forgetRecordings(owner: string): Promise<void> {
  for (const { id } of await keptRecordings(owner)) {
    const release = await hold(id);
    if (release === null) continue;
    await dropRecording(id);
    release();
  }
}
