import type { components } from './schema';

type Schemas = components['schemas'];

/** What the room captures, and what it keeps of it. */
export type RoomOffer = Schemas['RoomOffer'];
export type Capture = Schemas['Statement'];
export type CaptureId = Capture['id'];
export type ServerSpeech = Schemas['SpeechServer'];
export type RecordingLimits = Schemas['RecordingOffer'];
export type MonitoringThresholds = Schemas['MonitoringOffer'];

export type ActiveConsent = Schemas['ActiveConsent'];
export type Consent = Schemas['Consent'];
export type LedgerEntry = Schemas['LedgerEntry'];

export type NewNotice = Required<Schemas['NewNotice']>;
export type Notice = Schemas['Notice'];
export type NoticeKind = Notice['kind'];
export type ReviewedNotice = Schemas['ReviewedNotice'];

export type PresenceCounts = Schemas['NewPresence'];
export type Presence = Schemas['Presence'];
export type AnswerPresence = Presence['answers'][number];
export type ExpressionLabel = AnswerPresence['expressions'][number]['label'];

export type SpeechPart = Schemas['SpeechPart'];
export type Heard = Schemas['NewHeard'];
export type AnswerTranscript = Schemas['AnswerTranscript'];

export type Recording = Schemas['Recording'];
export type CandidateRecording = Schemas['CandidateRecording'];
export type Recordings = Schemas['Recordings'];
