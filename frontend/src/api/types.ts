import type { components, operations } from './schema';

type Schemas = components['schemas'];

export type Session = Schemas['Session'];
export type User = NonNullable<Session['user']>;

export type Catalog = Schemas['Catalogue'];
export type Role = Catalog['roles'][number];
export type Engine = Catalog['engine'];

export type Interview = Schemas['Interview'];
export type InterviewQuestion = Interview['questions'][number];
/** A question or a follow-up to one: what the room shows at a time. */
export type AskedQuestion = Schemas['AskedQuestion'];
export type InterviewSummary = Schemas['InterviewSummary'];
export type QuestionKind = InterviewQuestion['kind'];
export type NewInterview = Schemas['NewInterview'];
export type DocumentUse = operations['read_text']['parameters']['query']['use'];
export type DocumentText = Schemas['DocumentText'];

export type Report = Schemas['ReportView'];
export type ReportAnswer = Report['answers'][number];
export type AnswerPart = ReportAnswer['parts'][number];
export type Improvement = Schemas['ImprovementView'];
export type ImprovedAnswer = NonNullable<Improvement['result']>;
export type Attempt = Schemas['Attempt'];
export type AnswerAnalysis = NonNullable<ReportAnswer['analysis']>;
export type Delivery = NonNullable<AnswerAnalysis['delivery']>;
export type InterviewReport = NonNullable<Report['report']>;
export type Evidence = AnswerAnalysis['dimensions'][number]['evidence'][number];
export type DimensionResult = AnswerAnalysis['dimensions'][number];
export type Score = NonNullable<AnswerAnalysis['score']>;
export type Band = Score['band'];
export type ReportSummary = Schemas['Page_ReportSummary_']['items'][number];

export type Overview = Schemas['Overview'];
export type ReviewedRow = Schemas['InterviewRow'];
export type AiSpending = Schemas['AiSpending'];
export type ReviewedInterview = Schemas['ReviewedInterview'];
export type ReviewedQuestion = Schemas['ReviewedQuestion'];
export type ReviewedAnswer = Schemas['ReviewedAnswer'];
export type BankQuestionDetail = Schemas['BankQuestionDetail'];
export type BankQuestionBody = Schemas['QuestionBody'];
export type BankRow = Schemas['BankQuestionRow'];
export type BankRubricDetail = Schemas['BankRubricDetail'];
export type BankRubricBody = Schemas['RubricBody'];
export type BankVersion = Schemas['BankVersion'];
export type BankQuestionsQuery = NonNullable<operations['list_bank_questions']['parameters']['query']>;
export type CandidateRow = Schemas['CandidateRow'];
export type ReviewedInterviewsQuery = NonNullable<
  operations['list_reviewed_interviews']['parameters']['query']
>;
export type CandidatesQuery = NonNullable<operations['list_candidates']['parameters']['query']>;

/** What the room captures, and what it keeps of it. */
export type RoomOffer = Schemas['RoomOffer'];
export type Capture = Schemas['Statement'];
export type CaptureId = Capture['id'];
export type RecordingLimits = Schemas['RecordingOffer'];
export type MonitoringThresholds = Schemas['MonitoringOffer'];

export type Consent = Schemas['Consent'];
export type LedgerEntry = Schemas['LedgerEntry'];

export type NewNotice = Required<Schemas['NewNotice']>;
export type Notice = Schemas['Notice'];
export type NoticeKind = Notice['kind'];

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
