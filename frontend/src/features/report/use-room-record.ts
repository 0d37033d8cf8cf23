import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { isProblem } from '@/api/problem';
import { presenceQuery } from '@/api/room/get-presence';
import { noticesQuery } from '@/api/room/list-notices';
import { isArriving, recordingsQuery } from '@/api/room/list-recordings';
import { sessionQuery } from '@/api/session/session';
import type { CaptureId, Interview, Notice, Presence } from '@/api/types';
import { useLocalRecordings, type LocalRecordings } from '@/lib/recording/use-local-recordings';
import { useUnsentBytes } from '@/lib/recording/use-unsent-bytes';

import { partsOf, type Part } from './replay/parts';

export type RoomPartId = 'recording' | 'notices' | 'presence';

/** One kind of thing that the room kept: what came of asking for it. */
export interface Asked<T> {
  data: T | undefined;
  error: unknown;
  retry: () => void;
}

export interface RoomRecord {
  recordings: Asked<Part[]>;
  local: LocalRecordings;
  /** How much of the recording is still on its way from this browser. */
  unsentBytes: number;
  notices: Asked<Notice[]>;
  presence: Asked<Presence | null>;
  /** The parts there is something to say about, in their order on the page. */
  parts: RoomPartId[];
}

/** All that the room kept of an interview, on the server and in this browser. */
export function useRoomRecord(interview: Interview): RoomRecord {
  const owner = useQuery(sessionQuery).data?.user?.id ?? '';
  const local = useLocalRecordings(owner, interview.id);
  const unsentBytes = useUnsentBytes(owner, interview.id);
  const recordings = useQuery({
    ...recordingsQuery(interview.id),
    refetchInterval: ({ state }) => (unsentBytes > 0 || state.data?.some(isArriving) === true ? 5000 : false),
  });
  const notices = useQuery(noticesQuery(interview.id));
  const presence = useQuery(presenceQuery(interview.id));

  const agreed = (capture: CaptureId) => interview.consents.some((one) => one.capture === capture);
  const parts = recordings.data === undefined ? undefined : partsOf(recordings.data, local.recordings ?? []);
  const here = local.recordings ?? [];
  // What was deleted a moment ago still says so in its place.
  const withRecording = useOnceTrue(
    unsentBytes > 0 ||
      (parts ?? here).length > 0 ||
      broken(recordings.error) ||
      (parts !== undefined && agreed('video_recording')),
  );
  const withNotices = useOnceTrue(
    (notices.data ?? []).length > 0 ||
      broken(notices.error) ||
      (notices.data !== undefined && agreed('face_monitoring')),
  );
  const withPresence = useOnceTrue((presence.data?.answers ?? []).length > 0 || broken(presence.error));

  return {
    recordings: {
      data: parts ?? (here.length > 0 ? partsOf([], here) : undefined),
      error: broken(recordings.error) ? recordings.error : null,
      retry: () => void recordings.refetch(),
    },
    local,
    unsentBytes,
    notices: {
      data: notices.data,
      error: broken(notices.error) ? notices.error : null,
      retry: () => void notices.refetch(),
    },
    presence: {
      data: presence.data,
      error: broken(presence.error) ? presence.error : null,
      retry: () => void presence.refetch(),
    },
    parts: [
      ...(withRecording ? (['recording'] as const) : []),
      ...(withNotices ? (['notices'] as const) : []),
      ...(withPresence ? (['presence'] as const) : []),
    ],
  };
}

/** A failure worth a word: that there is nothing, or that it is not offered here, is none. */
function broken(error: unknown): boolean {
  return error !== null && !(isProblem(error) && (error.status === 404 || error.status === 403));
}

function useOnceTrue(value: boolean): boolean {
  const [once, setOnce] = useState(value);
  if (value && !once) setOnce(true);
  return once || value;
}
