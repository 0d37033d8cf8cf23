import { useEffect, useState } from 'react';

import { videoAddress } from '@/api/room/list-recordings';
import type { LocalRecordings } from '@/lib/recording/use-local-recordings';

import type { Part } from './parts';

/** The address to play a part from: undefined while it is looked up, null when the video is gone. */
export function useSource(part: Part | null, local: LocalRecordings): string | null | undefined {
  const [found, setFound] = useState<{ id: string; url: string | null } | null>(null);
  const { url } = local;
  const id = part?.where === 'device' ? part.id : null;
  useEffect(() => {
    if (id === null) return;
    let current = true;
    url(id).then(
      (address) => current && setFound({ id, url: address }),
      () => current && setFound({ id, url: null }),
    );
    return () => {
      current = false;
    };
  }, [id, url]);
  if (part === null) return undefined;
  if (part.where === 'server') return videoAddress(part.recording);
  return found?.id === part.id ? found.url : undefined;
}
