import { createContext, useContext } from 'react';

import type { RoomOffer } from '@/api/types';
import type { FaceClientState, MonitorState } from '@/lib/face/types';
import type { Recording } from '@/lib/recording/use-recording';

import type { useMonitor } from '@/features/room/watch/use-monitor';
import type { useNotices } from '@/features/room/watch/use-notices';
import type { Consents } from './use-consents';
import type { Streams } from './use-streams';

/** Everything that can be on in this room, and where it stands. One per sitting: it outlives the questions. */
export interface Captures {
  interviewId: string;
  /** Between the first question and the last. */
  running: boolean;
  offer: RoomOffer | undefined;
  /** The offer could not be loaded: only typing is possible. */
  offerFailed: unknown;
  retryOffer: () => void;
  consents: Consents;
  recordingMode: 'off' | 'local' | 'server';
  chooseRecording: (mode: 'off' | 'local' | 'server') => void;
  recording: Recording;
  streams: Streams;
  /** Opens camera or microphone for a look at them, without anything being agreed to. */
  tried: { camera: boolean; microphone: boolean };
  tryDevice: (device: 'camera' | 'microphone', on: boolean) => void;
  monitor: Pick<ReturnType<typeof useMonitor>, 'warning' | 'dismissWarning'> & {
    state: MonitorState | null;
    face: FaceClientState | null;
    retry: () => void;
  };
  notices: ReturnType<typeof useNotices>;
}

export const CapturesContext = createContext<Captures | null>(null);

export function useCaptures(): Captures {
  const captures = useContext(CapturesContext);
  if (captures === null) throw new Error('The room stands inside its CapturesProvider.');
  return captures;
}
