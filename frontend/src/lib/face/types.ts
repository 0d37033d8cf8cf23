/** The seven expressions the model tells apart, in the order in which they are shown. */
export const expressionNames = [
  'neutral',
  'happy',
  'surprised',
  'sad',
  'angry',
  'fearful',
  'disgusted',
] as const;
export type Expression = (typeof expressionNames)[number];

/**
 * What one frame of the camera showed. Numbers only: pictures and landmarks never leave the worker, and samples never leave
 * the page.
 */
export interface Sample {
  /** When the frame was taken, ms since 1970. */
  at: number;
  /** Faces that detector and mesh agree on. */
  faces: number;
  /** Places where the detector suspects a face and the mesh finds none: a hand in front of it, a profile, a mask. */
  doubtful: number;
  /** Degrees; of the largest face. Null without one. Human's angles are compressed: 35° of a real head read as about 15°. */
  yaw: number | null;
  pitch: number | null;
  /** How sure the detector is of the largest face, 0 to 1; of the most suspected place when there is no face; else null. */
  confidence: number | null;
  /** Height of the largest face as a share of the frame's; null without one. */
  size: number | null;
  /** Whether the largest face runs over the edge of the frame. */
  cut: boolean;
  /** Null without the consent, and where no expression stands out. */
  expression: Expression | null;
  /** Mean luminance of the frame, 0 (black) to 1. */
  brightness: number;
  /** What the worker needed for it. */
  tookMs: number;
}

/** Why nothing is being looked at. */
export type OffReason =
  /** The track ended or was muted: unplugged, covered by a switch, taken by another program. */
  | 'camera'
  /** The worker did not answer in time. */
  | 'silent'
  /** The worker broke. */
  | 'crashed'
  /** The worker or its models could not be loaded. */
  | 'not_loaded'
  /** This browser lacks what the worker needs. */
  | 'unsupported'
  /** Somebody pressed stop. */
  | 'stopped';

/** Where the client stands. `since` is ms since 1970; `retryAt` null means that it comes back only when asked or when the camera does. */
export type FaceClientState =
  | { name: 'loading'; since: number }
  | { name: 'running'; since: number }
  | { name: 'off'; since: number; reason: OffReason; retryAt: number | null };

/** What can be noticed. The same names go over the wire. */
export type NoticeKind =
  | 'no_face'
  | 'several_faces'
  | 'looking_away'
  | 'could_not_tell'
  | 'monitoring_off'
  | 'page_hidden'
  | 'window_blur'
  | 'paste'
  | 'fullscreen_exit'
  | 'second_screen';

/** From when on something counts. Seconds and degrees; the caller has most of them from the server. */
export interface MonitorRules {
  noFaceS: number;
  severalFacesS: number;
  lookingAwayS: number;
  lookingAwaySamples: number;
  lookingAwayDegrees: number;
  /** Also how long the window may lie behind another before that counts. */
  pageHiddenS: number;
  couldNotTellS: number;
  baselineS: number;
  /** Two samples further apart than this are not bridged: nobody looked in between. */
  longestGapS: number;
  /** How long nothing may be watched before that counts. */
  monitoringOffS: number;
  fullscreenExitS: number;
  secondScreenS: number;
}

export const defaultRules: MonitorRules = {
  noFaceS: 4,
  severalFacesS: 2,
  lookingAwayS: 5,
  lookingAwaySamples: 8,
  lookingAwayDegrees: 12,
  pageHiddenS: 2,
  couldNotTellS: 10,
  baselineS: 20,
  longestGapS: 3,
  monitoringOffS: 10,
  fullscreenExitS: 5,
  secondScreenS: 5,
};

/** Why it cannot be told whether somebody is there or where they look. */
export type DoubtReason = 'too_dark' | 'unsure' | 'covered' | 'too_small' | 'cut_off' | 'no_baseline';

/** Where the watching stands, for the indicator that is always in view. `since` is ms since 1970. */
export type MonitorState =
  | { name: 'learning'; since: number; until: number }
  | { name: 'watching'; since: number }
  | { name: 'could_not_tell'; since: number; reason: DoubtReason }
  | { name: 'off'; since: number };

/** Something worth writing down. A repeat with the same id only grows `durationS`. */
export interface FaceNotice {
  /** A UUID, made here. */
  id: string;
  kind: NoticeKind;
  /** ms since 1970 by this computer's clock. */
  startedAt: number;
  durationS: number;
  /** Share of the samples that agree, times the detector's mean confidence in them; null where nothing is measured. */
  confidence: number | null;
}

export type MonitorEvent =
  /** The first time: a gentle word on the screen, nothing is written down. */
  | { type: 'warning'; kind: NoticeKind; at: number; startedAt: number; length?: number }
  /** What was warned of, or noticed, is over. */
  | { type: 'over'; kind: NoticeKind; at: number }
  | { type: 'notice'; phase: 'start' | 'update' | 'end'; notice: FaceNotice }
  | { type: 'state'; state: MonitorState };

/** What page-watch sees. `length` of a paste is its number of characters; what was pasted is never looked at. */
export type PageEvent =
  | {
      type: 'hidden' | 'shown' | 'blurred' | 'focused' | 'fullscreen_left' | 'fullscreen_entered';
      at: number;
    }
  | { type: 'paste'; at: number; length: number }
  | { type: 'second_screen'; at: number; present: boolean };

/** One rung of the ladder per kind: how often it was seen, and what is going on now. */
export interface Rung {
  times: number;
  open: Occurrence | null;
}

export interface Occurrence {
  startedAt: number;
  lastAt: number;
  confidence: number | null;
  /** Set once it has become a notice. */
  noticeId: string | null;
  /** The duration last said to the caller. */
  saidS: number;
}

export type LadderState = Partial<Record<NoticeKind, Rung>>;

/** Where this person's head rests when they look at the screen, in degrees. */
export interface Baseline {
  yaw: number;
  pitch: number;
  at: number;
}

/** What survives a refresh: plain JSON, for the caller's sessionStorage. */
export interface MonitorMemory {
  version: 1;
  ladder: LadderState;
  baseline: Baseline | null;
  /** When something was last seen; a longer gap than `monitoringOffS` counts. Null after an orderly stop. */
  lastAt: number | null;
}

/** Counts of one answer, in the shape in which they are kept. */
export interface Presence {
  seconds: number;
  samples: number;
  readable: number;
  /** Readable samples within the baseline; null without a baseline. */
  facing: number | null;
  expressions: Record<Expression, number>;
}
