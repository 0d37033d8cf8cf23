import type { MonitoringThresholds } from '@/api/types';
import { defaultRules, type MonitorRules } from '@/lib/face/types';

/** The server's thresholds in the monitor's names. */
export function rulesFrom(t: MonitoringThresholds): MonitorRules {
  return {
    ...defaultRules,
    noFaceS: t.no_face_s,
    severalFacesS: t.several_faces_s,
    lookingAwayS: t.looking_away_s,
    lookingAwaySamples: t.looking_away_samples,
    lookingAwayDegrees: t.looking_away_degrees,
    pageHiddenS: t.page_hidden_s,
    couldNotTellS: t.could_not_tell_s,
    baselineS: t.baseline_s,
  };
}
