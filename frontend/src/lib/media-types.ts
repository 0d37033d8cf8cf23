const video = [
  'video/webm;codecs=vp9,opus',
  'video/webm;codecs=vp8,opus',
  'video/webm',
  'video/mp4;codecs=avc1.42E01F,mp4a.40.2',
  'video/mp4',
];
const audio = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4', 'audio/webm'];

/** The first type of this browser's recorder, the one every server can read first. Null without a recorder. */
export function recordingType(kind: 'video' | 'audio'): string | null {
  const recorder = (globalThis as { MediaRecorder?: typeof MediaRecorder }).MediaRecorder;
  if (recorder === undefined) return null;
  return (kind === 'video' ? video : audio).find((type) => recorder.isTypeSupported(type)) ?? null;
}
