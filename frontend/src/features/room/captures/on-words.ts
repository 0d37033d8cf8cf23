import type { Captures } from './captures-context';

/** What is agreed to, in a few words each. */
export function onInWords({
  consents,
  recordingMode,
}: Pick<Captures, 'consents' | 'recordingMode'>): string[] {
  return [
    consents.has('audio_transcription') && 'answering by voice',
    recordingMode === 'server' && 'recording on the server',
    recordingMode === 'local' && 'recording on this device',
    consents.has('face_monitoring') && 'notices from camera and page',
    consents.has('expression_analysis') && 'expression counts',
  ].filter((words) => words !== false);
}
