import { useId } from 'react';

import type { Device, DeviceKind } from '@/lib/media-devices';
import type { MediaDevicesState } from '@/lib/use-media-devices';

const names: Record<DeviceKind, string> = {
  camera: 'Camera',
  microphone: 'Microphone',
  speaker: 'Speaker',
};

interface Props {
  kind: DeviceKind;
  devices: MediaDevicesState;
}

/** Which of several cameras or microphones. With only one there is nothing to choose. */
export function DeviceSelect({ kind, devices }: Props) {
  const id = useId();
  const list = { camera: devices.cameras, microphone: devices.microphones, speaker: devices.speakers }[kind];
  if (!devices.named || list.length < 2) return null;
  return (
    <div>
      <label className="form-label" htmlFor={id}>
        {names[kind]}
      </label>
      <select
        id={id}
        className="form-control select"
        value={devices.choice[kind] ?? ''}
        onChange={(event) => devices.choose(kind, event.target.value || null)}
      >
        <option value="">The browser’s own choice</option>
        {list.map((device, index) => (
          <option key={device.id} value={device.id}>
            {nameOf(device, index)}
          </option>
        ))}
      </select>
    </div>
  );
}

function nameOf(device: Device, index: number): string {
  return device.label === '' ? `${names[device.kind]} ${index + 1}` : device.label;
}
