import type { MonitoringThresholds, NoticeKind } from '@/api/types';

interface Words {
  /** Until the server has composed its own sentence. Says what was seen, never what it means. */
  reason: string;
  /** How it is called in a list. */
  title: string;
}

export const noticeWords: Record<NoticeKind, Words> = {
  no_face: { title: 'No face in the picture', reason: 'For a while no face could be found in the picture.' },
  several_faces: {
    title: 'More than one face',
    reason: 'For a while more than one face was in the picture.',
  },
  looking_away: {
    title: 'Turned away',
    reason: 'For a while the head was turned away from its usual position.',
  },
  could_not_tell: {
    title: 'Could not tell',
    reason: 'The picture was not clear enough to tell anything. That says nothing about you.',
  },
  monitoring_off: { title: 'Monitoring was off', reason: 'For a while there was no picture to look at.' },
  page_hidden: { title: 'Page not in view', reason: 'This page was not in view for a while.' },
  window_blur: { title: 'Another window', reason: 'Another window was in front for a while.' },
  paste: { title: 'Pasted text', reason: 'Text was pasted into the answer.' },
  fullscreen_exit: { title: 'Full screen ended', reason: 'Full screen was ended.' },
  second_screen: { title: 'Second screen', reason: 'A second screen is connected.' },
};

/** What is watched and from when on it is noted, in words and with the numbers in use. */
export function thresholdsInWords(t: MonitoringThresholds): string[] {
  return [
    `No face in the picture for ${t.no_face_s} seconds`,
    `More than one face for ${t.several_faces_s} seconds`,
    `Head turned more than ${t.looking_away_degrees}° from your usual position for ${t.looking_away_s} seconds, in ${t.looking_away_samples} looks in a row`,
    `A picture too dark or blurred to tell for ${t.could_not_tell_s} seconds, which is noted as “could not tell”`,
    `This page out of view or another window in front for ${t.page_hidden_s} seconds`,
    'Pasting into the answer, leaving full screen, a second screen',
    `Your usual position is learnt in the first ${t.baseline_s} seconds and forgotten when you leave`,
  ];
}
