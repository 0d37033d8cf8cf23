import type { RecordingMode, RecordingState, RecordingTransport } from './types';

export interface RecordingSettings {
  /** Whose recording: what one person left behind is never sent in another's name. */
  owner: string;
  /** What it belongs to (an interview). */
  scope: string;
  mode: RecordingMode;
  /** Camera and microphone, borrowed and never stopped here. A new stream during a recording begins a further piece. */
  stream: MediaStream | null;
  /** Not needed for `local`. */
  transport?: RecordingTransport;
}

export interface Recording extends RecordingState {
  start: () => void;
  /** `finishing` until the server has everything, then `done`. */
  stop: () => void;
}

/**
 * Records the stream in one-second chunks that are kept in this browser before anything else happens to them, and sends them
 * on. What an earlier page left unsent for this owner and scope is sent and completed too. Leaving the page stops it and keeps what is there.
 */
export declare function useRecording(settings: RecordingSettings): Recording;
