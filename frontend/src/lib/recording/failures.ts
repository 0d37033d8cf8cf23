import type { Refusal } from '../refusal';
import type { RecordingFailure, RecordingFailureKind } from './types';

const messages: Record<RecordingFailureKind, string> = {
  unsupported: 'This browser cannot record video. The interview goes on without.',
  storage:
    'The browser keeps nothing for this page, so there is no recording. The interview goes on without.',
  'storage-full':
    'The browser has no more room. The recording has stopped; what was recorded until then is kept.',
  recorder: 'The browser’s recorder has stopped. What was recorded until then is kept.',
  'too-large': 'The recording has reached the largest size. What was recorded until then is kept.',
  'too-long': 'The recording has reached the greatest length. What was recorded until then is kept.',
  quota: 'Your recordings fill the room the server gives you. What was recorded until then is kept.',
  'consent-missing': 'Without your agreement nothing is recorded. What had not been sent was deleted here.',
  closed: 'The server has closed this recording. It keeps what it had received; you can start a new one.',
  refused: 'The server does not take the recording. The interview goes on without.',
};

export function recordingFailure(kind: RecordingFailureKind, code: string | null = null): RecordingFailure {
  return { kind, message: messages[kind], code };
}

const kinds: Record<string, RecordingFailureKind> = {
  'recording-too-large': 'too-large',
  'recording-too-long': 'too-long',
  'quota-exceeded': 'quota',
  'recordings-full': 'quota',
  'consent-missing': 'consent-missing',
  'recording-closed': 'closed',
  'recording-not-found': 'closed',
};

export function refusedRecording({ type, status }: Refusal): RecordingFailure {
  const kind = kinds[type] ?? (status === 413 ? 'too-large' : status === 404 ? 'closed' : 'refused');
  return recordingFailure(kind, type);
}

/** What a failed write says: no room is one thing, no storage another. */
export function storageFailure(error: unknown): RecordingFailure {
  const { name = 'Error' } = error as { name?: string };
  return recordingFailure(name === 'QuotaExceededError' ? 'storage-full' : 'storage', name);
}
