import { useId } from 'react';

import type { RecordingLimits } from '@/api/types';
import { bytes } from '@/lib/format';

import { useCaptures } from '@/features/room/captures/captures-context';

const choices = [
  { mode: 'off', label: 'Off', says: 'Nothing is recorded.' },
  {
    mode: 'local',
    label: 'Only on this device',
    says: 'Picture and sound stay in this browser until you delete them. The server gets none of it.',
  },
  { mode: 'server', label: 'On the server', says: '' },
] as const;

/** Off, here, or on the server: three different promises, so three choices. */
export function RecordingChoice({ limits }: { limits: RecordingLimits }) {
  const { recordingMode, chooseRecording, consents } = useCaptures();
  const name = useId();
  // What was pressed, also while the server is asked: it can be taken back only by pressing another.
  const chosen = consents.changing('video_recording') === 'giving' ? 'server' : recordingMode;
  return (
    <fieldset className="recording-choice">
      <legend className="visually-hidden">Where the recording is kept</legend>
      {choices.map(({ mode, label, says }) => (
        <label key={mode} className="recording-option">
          <input
            type="radio"
            className="form-check-input"
            name={name}
            checked={chosen === mode}
            onChange={() => chooseRecording(mode)}
          />
          <span>
            {label}
            <span className="small muted recording-says">
              {mode === 'server'
                ? `Only you can watch it, beside your report. ${bytes(limits.used_bytes)} of ${bytes(limits.quota_bytes)} used.`
                : says}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
