import { useSyncExternalStore } from 'react';
import Button from 'react-bootstrap/Button';

import { useCaptures } from '@/features/room/captures/captures-context';
import { DeviceSelect } from './device-select';
import { changePreferences, usePreferences } from './preferences';
import { SettingSwitch } from './setting-switch';

function subscribe(changed: () => void): () => void {
  document.addEventListener('fullscreenchange', changed);
  return () => document.removeEventListener('fullscreenchange', changed);
}

/** Camera, microphone, the own picture, and the whole screen for those who like it quiet. */
export function DeviceSettings() {
  const { streams } = useCaptures();
  const { selfView } = usePreferences();
  const full = useSyncExternalStore(subscribe, () => document.fullscreenElement !== null);
  return (
    <div className="stack">
      <DeviceSelect kind="camera" devices={streams.devices} />
      <DeviceSelect kind="microphone" devices={streams.devices} />
      <SettingSwitch
        label="Show my own picture"
        hint="Only you see it, while the camera is on."
        checked={selfView}
        onChange={(on) => changePreferences({ selfView: on })}
      />
      {document.fullscreenEnabled && (
        <div>
          <Button
            variant="quiet"
            onClick={() => {
              // Refused by some browsers and frames: then the page simply stays as it is.
              if (full) void document.exitFullscreen().catch(() => undefined);
              else void document.documentElement.requestFullscreen().catch(() => undefined);
            }}
          >
            {full ? 'Leave full screen' : 'Use the full screen'}
          </Button>
        </div>
      )}
    </div>
  );
}
