import type { IconName } from '@/components/icon';
import type { DoubtReason } from '@/lib/face/types';
import type { RecordingStatus } from '@/lib/recording/types';
import { clockTime } from '@/lib/format';

import type { Captures } from './captures-context';

export interface StripItem {
  id: 'microphone' | 'camera' | 'monitoring' | 'recording' | 'expression';
  icon: IconName;
  text: string;
  /** `loud` needs a look; `on` is being captured now; `quiet` is ready and does nothing. */
  tone: 'loud' | 'on' | 'quiet';
}

export const doubts: Record<DoubtReason, string> = {
  too_dark: 'the picture is too dark',
  unsure: 'the picture is not clear enough',
  covered: 'something is in front of the face',
  too_small: 'the face is too far away',
  cut_off: 'the face is cut off at the edge',
  no_baseline: 'your usual position is not known yet',
};

const recordings: Record<RecordingStatus, { text: string; tone: StripItem['tone'] } | null> = {
  off: null,
  recording: { text: 'Recording', tone: 'on' },
  'paused-by-device': { text: 'Recording paused', tone: 'loud' },
  'waiting-for-network': { text: 'Recording, waiting for the network', tone: 'loud' },
  finishing: { text: 'Finishing the recording', tone: 'on' },
  done: null,
  failed: { text: 'Recording failed', tone: 'loud' },
};

/** What is on, for the strip that is always in view. Order and words stay the same, so that a change is noticed. */
export function stripItems(captures: Captures, listening: boolean): StripItem[] {
  return [
    microphoneItem(captures, listening),
    cameraItem(captures),
    monitoringItem(captures),
    recordingItem(captures),
    expressionItem(captures),
  ].filter((item) => item !== null);
}

function microphoneItem({ consents, recording, streams }: Captures, listening: boolean): StripItem | null {
  const on = listening || (recording.capturing && streams.microphone.status === 'on');
  if (on) return { id: 'microphone', icon: 'mic', text: 'Microphone on', tone: 'on' };
  if (!consents.has('audio_transcription')) return null;
  return { id: 'microphone', icon: 'mic', text: 'Microphone off', tone: 'quiet' };
}

function cameraItem({ streams }: Captures): StripItem | null {
  const { status } = streams.camera;
  if (status === 'off') return null;
  const text = { asking: 'Camera asked for', on: 'Camera on', failed: 'No camera' }[status];
  const tone = status === 'on' ? 'on' : status === 'asking' ? 'quiet' : 'loud';
  return { id: 'camera', icon: 'camera', text, tone };
}

/** Since when nothing is watched although it was agreed to; null while it is, or is about to be. */
export function offSince({ consents, monitor, running, streams }: Captures): number | null {
  if (!running || !consents.has('face_monitoring')) return null;
  const failed = streams.camera.status === 'failed';
  if (monitor.face?.name === 'off') return monitor.face.since;
  return failed ? (monitor.state?.since ?? null) : null;
}

function monitoringItem(captures: Captures): StripItem | null {
  const { consents, monitor } = captures;
  if (!consents.has('face_monitoring')) return null;
  const item = { id: 'monitoring', icon: 'eye' } as const;
  const since = offSince(captures);
  if (since !== null)
    return { ...item, text: `Face monitoring is off since ${clockTime(since)}`, tone: 'loud' };
  switch (monitor.state?.name) {
    case 'watching':
      return { ...item, text: 'Watching', tone: 'on' };
    case 'learning':
      return { ...item, text: 'Learning your usual position', tone: 'on' };
    case 'could_not_tell':
      return { ...item, text: `Could not tell: ${doubts[monitor.state.reason]}`, tone: 'quiet' };
    default:
      return { ...item, text: 'Getting ready to watch', tone: 'quiet' };
  }
}

function recordingItem({ recording, recordingMode }: Captures): StripItem | null {
  const shown = recordings[recording.status];
  if (shown !== null) {
    const here = recordingMode === 'local' && shown.text === 'Recording' ? ' on this device' : '';
    return { id: 'recording', icon: 'record', text: shown.text + here, tone: shown.tone };
  }
  if (recordingMode === 'off') return null;
  return { id: 'recording', icon: 'record', text: 'Recording waits for the camera', tone: 'quiet' };
}

function expressionItem({ consents }: Captures): StripItem | null {
  if (!consents.has('expression_analysis')) return null;
  return { id: 'expression', icon: 'ring', text: 'Counting expressions', tone: 'on' };
}
