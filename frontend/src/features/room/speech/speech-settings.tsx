import { useId } from 'react';

import { changePreferences, usePreferences, type Preferences } from '@/features/room/devices/preferences';
import { SettingSwitch } from '@/features/room/devices/setting-switch';
import { engineName } from './engine-words';
import { useEngines } from './use-engines';

const shortest = 4;
const longest = 20;

/** Which ear listens, and whether silence may hand in. */
export function SpeechSettings() {
  const { options, chosen } = useEngines();
  const { engine, autoEndSeconds } = usePreferences();
  const id = useId();
  return (
    <div className="stack">
      {chosen === null ? (
        <p className="flush muted">Looking for what can listen here…</p>
      ) : (
        <div>
          <label className="form-label" htmlFor={`${id}-engine`}>
            Who writes down what you say
          </label>
          <select
            id={`${id}-engine`}
            className="form-control select"
            value={engine === 'auto' ? chosen.engine : engine}
            onChange={(event) => changePreferences({ engine: event.target.value as Preferences['engine'] })}
          >
            {options.map((option) => (
              <option key={option.engine} value={option.engine}>
                {engineName(option)}
              </option>
            ))}
          </select>
          {chosen.place !== null && <p className="form-text flush">{chosen.place}</p>}
        </div>
      )}
      <SettingSwitch
        label="Hand in by itself after silence"
        hint="Off unless you want it. It counts down five seconds first, and one press stops it."
        checked={autoEndSeconds !== null}
        onChange={(on) => changePreferences({ autoEndSeconds: on ? 8 : null })}
      />
      {autoEndSeconds !== null && (
        <div>
          <label className="form-label" htmlFor={`${id}-silence`}>
            After {autoEndSeconds} seconds of silence
          </label>
          <input
            id={`${id}-silence`}
            type="range"
            className="slider"
            min={shortest}
            max={longest}
            value={autoEndSeconds}
            onChange={(event) => changePreferences({ autoEndSeconds: Number(event.target.value) })}
          />
        </div>
      )}
      <p className="flush small muted">
        <kbd>Ctrl M</kbd> speaks and stops, <kbd>Ctrl Enter</kbd> hands in.
      </p>
    </div>
  );
}
