import type { RoomOffer } from '@/api/types';

/** A room that offers everything, for tests; the words are short. */
export function exampleOffer(more: Partial<RoomOffer> = {}): RoomOffer {
  const words = (title: string) => ({
    version: '1',
    title,
    sentence: `${title} happens.`,
    place: 'It goes there.',
    kept: 'It is kept so long.',
  });
  return {
    deployment_context: 'personal',
    captures: [
      { id: 'audio_transcription', ...words('Speaking') },
      { id: 'video_recording', ...words('Recording') },
      { id: 'face_monitoring', ...words('Notices') },
      { id: 'expression_analysis', ...words('Expressions') },
    ],
    speech: { server: null },
    recording: {
      chunk_max_bytes: 1_000_000,
      max_bytes: 10_000_000,
      max_seconds: 3600,
      quota_bytes: 20_000_000,
      used_bytes: 0,
      retention_days: 30,
    },
    monitoring: {
      no_face_s: 4,
      several_faces_s: 2,
      looking_away_s: 5,
      looking_away_samples: 8,
      looking_away_degrees: 12,
      page_hidden_s: 2,
      could_not_tell_s: 10,
      baseline_s: 20,
    },
    ...more,
  };
}
