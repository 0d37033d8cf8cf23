/**
 * The shapes of the interview room's API, by hand until the generated ones carry them. Each name is that of the API, so
 * that the swap is a change of imports.
 */

export type CaptureId = 'audio_transcription' | 'video_recording' | 'face_monitoring' | 'expression_analysis';

/** What one capture does, in the words that are agreed to. */
export interface Capture {
  id: CaptureId;
  version: string;
  title: string;
  sentence: string;
  place: string;
  kept: string;
}

export interface ServerSpeech {
  provider: 'gemini' | 'whisper';
  label: string;
  place: string;
}

export interface RecordingLimits {
  chunk_max_bytes: number;
  max_bytes: number;
  max_seconds: number;
  quota_bytes: number;
  used_bytes: number;
  retention_days: number;
}

export interface MonitoringThresholds {
  no_face_s: number;
  several_faces_s: number;
  looking_away_s: number;
  looking_away_samples: number;
  looking_away_degrees: number;
  page_hidden_s: number;
  could_not_tell_s: number;
  baseline_s: number;
}

export interface RoomOffer {
  deployment_context: 'personal' | 'education' | 'employer';
  captures: Capture[];
  speech: { server: ServerSpeech | null };
  recording: RecordingLimits;
  monitoring: MonitoringThresholds;
}

export interface ActiveConsent {
  capture: CaptureId;
  version: string;
  given_at: string;
}

export interface Consent extends ActiveConsent {
  statement: string;
  withdrawn_at: string | null;
}

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

export interface NewNotice {
  kind: NoticeKind;
  question_id: string | null;
  started_at: string;
  duration_s: number;
  confidence: number | null;
}

export interface Notice extends NewNotice {
  id: string;
  reason: string;
  reply: string | null;
  replied_at: string | null;
  recorded_at: string;
}

export const expressionLabels = [
  'neutral',
  'happy',
  'surprised',
  'sad',
  'angry',
  'fearful',
  'disgusted',
] as const;
export type ExpressionLabel = (typeof expressionLabels)[number];

/** Cumulative counts of one answer; never a moment, never a picture. */
export interface PresenceCounts {
  seconds: number;
  samples: number;
  readable: number;
  facing: number | null;
  expressions: Record<ExpressionLabel, number>;
}

export type SpeechPartStatus = 'queued' | 'running' | 'done' | 'failed' | 'dropped';

export interface SpeechPart {
  take: string;
  seq: number;
  status: SpeechPartStatus;
  text: string | null;
  reason: string | null;
  offset_ms: number;
  duration_ms: number;
}

export type RecordingStatus = 'receiving' | 'assembling' | 'ready' | 'partial' | 'failed';

export interface Recording {
  id: string;
  interview_id: string;
  status: RecordingStatus;
  started_at: string;
  duration_s: number | null;
  size_bytes: number;
  received_chunks: number;
  missing: number[];
  content_type: string;
  delete_after: string | null;
  failure: string | null;
}

/** How an answer came about: what was heard, and by which engine. For `server` the server knows the words itself. */
export interface Heard {
  engine: 'browser' | 'on_device' | 'server';
  text: string | null;
}

export interface LedgerEntry extends Consent {
  interview_id: string;
  role_title: string;
}

/** What was visible during one answer: shares between 0 and 1, counted in the browser. */
export interface AnswerPresence {
  question_id: string;
  seconds: number;
  samples: number;
  readable_share: number;
  facing_share: number | null;
  expressions: { label: ExpressionLabel; share: number }[];
}

export interface Presence {
  shared: boolean;
  answers: AnswerPresence[];
}

export interface CandidateRecording extends Recording {
  role_title: string;
}

export interface Recordings {
  used_bytes: number;
  quota_bytes: number;
  retention_days: number;
  recordings: CandidateRecording[];
}

/** What is kept of how an answer was given; null for one that was typed. */
export interface AnswerTranscript {
  engine: Heard['engine'];
  heard: string;
  /** Null when a part of the speech never became text. */
  edit_ratio: number | null;
}

/** A notice as a reviewer sees it, the candidate's reply with it. */
export type ReviewedNotice = Omit<Notice, 'recorded_at'>;
