import { useId } from 'react';
import Button from 'react-bootstrap/Button';

import { Icon } from '@/components/icon';
import type { ReadAloud } from '@/lib/use-read-aloud';

import { changePreferences, usePreferences } from '@/features/room/devices/preferences';
import { SettingSwitch } from '@/features/room/devices/setting-switch';

/** Whose voice reads, how fast, and whether by itself. */
export function AloudSettings({ aloud }: { aloud: ReadAloud }) {
  const { readQuestions } = usePreferences();
  const id = useId();
  if (aloud.available === false)
    return (
      <p className="flush muted">
        This browser has no voice installed, so questions are shown in writing only. Voices can be added in
        the settings of your system.
      </p>
    );
  return (
    <div className="stack">
      <SettingSwitch
        label="Read each question when it comes"
        checked={readQuestions}
        onChange={(on) => changePreferences({ readQuestions: on })}
      />
      <div>
        <label className="form-label" htmlFor={`${id}-voice`}>
          Voice
        </label>
        <select
          id={`${id}-voice`}
          className="form-control select"
          value={aloud.voice?.id ?? ''}
          onChange={(event) => aloud.chooseVoice(event.target.value || null)}
        >
          {aloud.voices.map((voice) => (
            <option key={voice.id} value={voice.id}>
              {voice.name} ({voice.lang}
              {voice.local ? '' : ', sends the text to its maker'})
            </option>
          ))}
        </select>
      </div>
      <div>
        <label className="form-label" htmlFor={`${id}-rate`}>
          Pace: {aloud.rate === 1 ? 'as the voice speaks' : `${aloud.rate} times as fast`}
        </label>
        <input
          id={`${id}-rate`}
          type="range"
          className="slider"
          min={0.5}
          max={2}
          step={0.1}
          value={aloud.rate}
          onChange={(event) => aloud.chooseRate(Number(event.target.value))}
        />
      </div>
      <div>
        <Button
          variant="quiet"
          onClick={() => (aloud.speaking ? aloud.stop() : aloud.speak('This is how a question sounds.'))}
        >
          <Icon name={aloud.speaking ? 'stop' : 'speaker'} /> {aloud.speaking ? 'Stop' : 'Listen to it'}
        </Button>
      </div>
    </div>
  );
}
