import type { Recording } from '@/api/types';
import type { LocalRecording } from '@/lib/recording/types';

import type { Stretch } from './timeline';

/** One piece of video of an interview: on the server, or in this browser only. */
export type Part = {
  id: string;
  startedAt: string;
  bytes: number;
  /** Null while the length is not known. */
  durationS: number | null;
} & ({ where: 'server'; recording: Recording } | { where: 'device'; recording: LocalRecording });

/** A part that can be watched. */
export type Playable = Part & Stretch;

/** All pieces in the order they were recorded in; a reload of the room begins a further one. */
export function partsOf(server: readonly Recording[], local: readonly LocalRecording[]): Part[] {
  const parts: Part[] = [
    ...server.map((recording) => ({
      where: 'server' as const,
      recording,
      id: recording.id,
      startedAt: recording.started_at,
      bytes: recording.size_bytes,
      durationS: recording.duration_s,
    })),
    ...local.map((recording) => ({
      where: 'device' as const,
      recording,
      id: recording.id,
      startedAt: recording.startedAt,
      bytes: recording.bytes,
      durationS: recording.seconds,
    })),
  ];
  return parts.sort((one, other) => Date.parse(one.startedAt) - Date.parse(other.startedAt));
}

export function isPlayable(part: Part): part is Playable {
  if (part.durationS === null || part.durationS <= 0) return false;
  if (part.where === 'device') return !part.recording.running;
  return part.recording.status === 'ready' || part.recording.status === 'partial';
}
