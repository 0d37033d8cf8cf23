/** `none` is typing. */
export type SpeechEngine = 'on_device' | 'server' | 'browser' | 'none';

export type GoesTo = 'this device' | 'this server' | 'your browser’s maker';

/** Where the voice goes while an engine listens. */
export interface SpeechFacts {
  engine: SpeechEngine;
  /** Null when nothing listens. */
  goesTo: GoesTo | null;
  /** What the server itself says of where it takes the voice, as it worded it; only for `server`. */
  place: string | null;
}

/** What the server offers; the `speech` part of its room offer. */
export interface SpeechOffer {
  server: { provider: string; label: string; place: string } | null;
}

export interface SpeechOption extends SpeechFacts {
  /** The browser has to download its model first, which takes a press and a while. */
  needsInstall: boolean;
}

/** One part of what was said, as the server's snapshot shows it. */
export interface SpeechPart {
  take: string;
  seq: number;
  status: 'queued' | 'running' | 'done' | 'failed' | 'dropped';
  text: string | null;
  reason: string | null;
  offset_ms: number;
  duration_ms: number;
}

/** A whole audio file to be uploaded. */
export interface AudioPart {
  take: string;
  seq: number;
  /** Its type is the file's own. */
  blob: Blob;
  offsetMs: number;
  durationMs: number;
}

/** Sends one part; throws what the API throws. May be called again with the same part. */
export type UploadPart = (part: AudioPart, signal: AbortSignal) => Promise<SpeechPart>;

/** Something that was said and is certain. Put it into the text with `addSpoken`. */
export interface SpokenSegment {
  id: string;
  text: string;
  engine: SpeechEngine;
  /** Only of a part that came late: the words said right before and right after it, which were written down earlier. */
  before: string | null;
  after: string | null;
}

export type SpeechFailureKind =
  | 'denied' // microphone not allowed
  | 'none' // no microphone
  | 'busy' // another program has it
  | 'unplugged' // in the middle
  | 'insecure' // no microphone without https
  | 'unsupported' // this browser cannot do it
  | 'unreachable' // the browser's own service does not answer
  | 'language' // the engine does not know the language
  | 'not-installed' // the on-device model could not be had
  | 'nothing-heard' // several attempts, no word
  | 'refused' // the server takes no speech here
  | 'failed';

export interface SpeechFailure {
  kind: SpeechFailureKind;
  /** A sentence or two for the person: what happened, and what to do. */
  message: string;
  /** The browser's or the server's own word for it, for logs. */
  code: string | null;
}

/** A part whose words are missing. It leaves its mark in the state and never in the text. */
export interface MissingPart {
  take: string;
  seq: number;
  offsetMs: number;
  durationMs: number;
  reason: string | null;
  mark: '[part not written down]';
  /** Whether the audio is with the server, so that `retry` there makes sense. */
  onServer: boolean;
}

export type SpeechStatus = 'idle' | 'starting' | 'listening' | 'thinking' | 'finishing' | 'failed';

export interface SpeechState {
  status: SpeechStatus;
  /** Parts said and not yet written down: recorded, on their way, or with the engine. */
  pending: number;
  /** Of those, how many wait here for the network. */
  unsent: number;
  /** The browser fetches its on-device model. */
  installing: boolean;
  failure: SpeechFailure | null;
  missing: readonly MissingPart[];
  /** Being said, not certain yet. Empty for `server`. */
  interim: string;
  segments: readonly SpokenSegment[];
  /** All that was heard since the last `reset`, per engine. */
  heard: Readonly<Record<SpeechEngine, string>>;
  autoEnd: AutoEndState;
}

export interface AutoEndState {
  phase: 'off' | 'waiting' | 'counting' | 'ended';
  /** Whole seconds left while `counting`. */
  secondsLeft: number | null;
}

/** Level and silence, many times a second: draw from it, keep it out of React's state. */
export interface MeterReading {
  /** 0..1, shaped for the eye. */
  level: number;
  speaking: boolean;
  /** Since anything was last heard. */
  silentSeconds: number;
}

export interface SpeechMeter {
  /** Called once per animation frame at most, while something listens. Returns the end of it. */
  subscribe: (listener: (reading: MeterReading) => void) => () => void;
  read: () => MeterReading;
}
