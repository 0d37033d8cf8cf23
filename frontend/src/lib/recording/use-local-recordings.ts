import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

import { isHeld } from './ownership';
import { dropRecording, keptRecordings, recordingFile } from './store';
import type { LocalRecording } from './types';

export interface LocalRecordings {
  /** Null while reading. Newest first. */
  recordings: readonly LocalRecording[] | null;
  failed: boolean;
  /** A blob: address to play or download; revoked with the component. Null when it is gone. */
  url: (id: string) => Promise<string | null>;
  remove: (id: string) => Promise<void>;
  refresh: () => void;
}

/** What this owner recorded in this browser only. */
async function localRecordings(owner: string, scope: string | undefined): Promise<LocalRecording[]> {
  const kept = (await keptRecordings(owner)).filter(
    (recording) => recording.mode === 'local' && (scope === undefined || recording.scope === scope),
  );
  const recordings = await Promise.all(
    kept.map(async ({ id, scope, startedAt, contentType, bytes, sentBytes, seconds, restFrom = null }) => ({
      id,
      scope,
      startedAt,
      contentType,
      bytes: bytes - sentBytes,
      seconds,
      restFrom,
      running: await isHeld(id),
    })),
  );
  return recordings.sort((a, b) => b.startedAt.localeCompare(a.startedAt));
}

/** While one is being recorded or finished, perhaps in another tab, ms. */
const lookAgain = 2000;

/** What this owner recorded in this browser only; all scopes unless one is named. */
export function useLocalRecordings(owner: string, scope?: string): LocalRecordings {
  const [recordings, setRecordings] = useState<readonly LocalRecording[] | null>(null);
  const [failed, setFailed] = useState(false);
  const [asked, setAsked] = useState(0);
  const urls = useRef(new Map<string, string>());

  useEffect(() => {
    let current = true;
    localRecordings(owner, scope).then(
      (list) => {
        if (!current) return;
        setRecordings(list);
        setFailed(false);
      },
      () => {
        if (current) setFailed(true);
      },
    );
    return () => {
      current = false;
    };
  }, [owner, scope, asked]);

  useEffect(() => {
    const made = urls.current;
    return () => {
      for (const url of made.values()) URL.revokeObjectURL(url);
      made.clear();
    };
  }, []);

  const refresh = useCallback(() => setAsked((times) => times + 1), []);

  useEffect(() => {
    if (recordings?.some(({ running }) => running) !== true) return;
    const timer = setTimeout(refresh, lookAgain);
    return () => clearTimeout(timer);
  }, [recordings, refresh]);

  const url = useCallback(async (id: string) => {
    const made = urls.current.get(id);
    if (made !== undefined) return made;
    const file = await recordingFile(id);
    if (file === undefined) return null;
    const fresh = URL.createObjectURL(file);
    urls.current.set(id, fresh);
    return fresh;
  }, []);

  const remove = useCallback(
    async (id: string) => {
      await dropRecording(id);
      const made = urls.current.get(id);
      if (made !== undefined) URL.revokeObjectURL(made);
      urls.current.delete(id);
      refresh();
    },
    [refresh],
  );

  return useMemo(
    () => ({ recordings, failed, url, remove, refresh }),
    [recordings, failed, url, remove, refresh],
  );
}
