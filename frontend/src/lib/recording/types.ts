export type RecordingMode = 'server' | 'local';

export type RecordingStatus =
  'off' | 'recording' | 'paused-by-device' | 'waiting-for-network' | 'finishing' | 'done' | 'failed';

export type RecordingFailureKind =
  | 'unsupported' // no MediaRecorder, or no type it takes
  | 'storage' // the browser keeps nothing for this site
  | 'storage-full'
  | 'recorder' // the browser's recorder broke
  | 'too-large' // the server's limits: bytes, seconds, quota
  | 'too-long'
  | 'quota'
  | 'consent-missing'
  | 'closed' // the server has ended this recording
  | 'refused'; // anything else it will never take

export interface RecordingFailure {
  kind: RecordingFailureKind;
  /** A sentence or two for the person: what happened, and what was kept. */
  message: string;
  /** The browser's or the server's own word for it, for logs. */
  code: string | null;
}

export interface RecordingState {
  status: RecordingStatus;
  mode: RecordingMode;
  /** The piece being recorded now, or the last one. */
  id: string | null;
  /** Whether camera and microphone are being recorded at this moment, whatever the network does. */
  capturing: boolean;
  /** Kept here and not yet with the server. */
  backlog: { chunks: number; bytes: number };
  /** Of this piece. */
  bytes: number;
  seconds: number;
  failure: RecordingFailure | null;
}

/** What the server has of a recording. */
export interface ServerHas {
  /** Chunks received. */
  received: number;
  /** Gaps before the last one received; the first 100. */
  missing: readonly number[];
  /** Whether it takes more. */
  open: boolean;
}

export interface NewRecording {
  id: string;
  contentType: string;
  /** ISO 8601, by the server's clock as far as it is known. */
  startedAt: string;
}

/**
 * The caller's network. Each throws what the API throws; each may be called again with the same arguments and must then do no
 * harm. `scope` is what the recording belongs to (an interview).
 */
export interface RecordingTransport {
  begin: (scope: string, recording: NewRecording, signal: AbortSignal) => Promise<void>;
  /** Null when the server does not know the recording. */
  has: (scope: string, id: string, signal: AbortSignal) => Promise<ServerHas | null>;
  /** `digest` is the value of a Content-Digest header, null where the browser has no crypto. */
  send: (
    scope: string,
    id: string,
    seq: number,
    chunk: Blob,
    digest: string | null,
    signal: AbortSignal,
  ) => Promise<void>;
  /** Answers `missing` when the server lacks some of them (409 chunks-missing). */
  complete: (
    scope: string,
    id: string,
    chunks: number,
    signal: AbortSignal,
  ) => Promise<{ missing: readonly number[] }>;
}

/** A recording that stays in this browser, whole or in part. */
export interface LocalRecording {
  id: string;
  scope: string;
  startedAt: string;
  contentType: string;
  bytes: number;
  seconds: number;
  /** Another tab, or this one, is recording it now. */
  running: boolean;
  /** Seconds, where what came before is with the server, which then took no more; else null. */
  restFrom: number | null;
}
