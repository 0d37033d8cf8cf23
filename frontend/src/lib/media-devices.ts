import { remember, remembered } from './remembered';

export type DeviceKind = 'camera' | 'microphone' | 'speaker';

export interface Device {
  kind: DeviceKind;
  id: string;
  /** Empty until the person has allowed a camera or microphone once. */
  label: string;
}

/** Which device of each kind was chosen; null is the browser's default. */
export type DeviceChoice = Record<DeviceKind, string | null>;

export type MediaProblemKind =
  'denied' | 'none' | 'busy' | 'insecure' | 'unsupported' | 'unplugged' | 'failed';

/** Why there is no picture or sound. */
export class MediaProblem extends Error {
  override name = 'MediaProblem';
  constructor(
    readonly kind: MediaProblemKind,
    options?: ErrorOptions,
  ) {
    super(kind, options);
  }
}

export interface Wanted {
  camera: boolean;
  microphone: boolean;
}

const kinds: Partial<Record<MediaDeviceKind, DeviceKind>> = {
  videoinput: 'camera',
  audioinput: 'microphone',
  audiooutput: 'speaker',
};

/** `navigator.mediaDevices` is typed as if it were always there; without https it is not. */
function mediaDevices(): MediaDevices | undefined {
  return (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
}

/** What is plugged in. Before any permission a browser tells kinds without ids or names: those are left out, as they cannot be chosen. */
export async function listDevices(): Promise<Device[]> {
  const known = await mediaDevices()?.enumerateDevices();
  const devices: Device[] = [];
  for (const { kind, deviceId, label } of known ?? []) {
    const ours = kinds[kind];
    if (ours !== undefined && deviceId !== '') devices.push({ kind: ours, id: deviceId, label });
  }
  return devices;
}

/** Calls back when something is plugged in or out. Returns the end of it. */
export function onDevicesChanged(changed: () => void): () => void {
  const devices = mediaDevices();
  devices?.addEventListener('devicechange', changed);
  return () => devices?.removeEventListener('devicechange', changed);
}

/** For the settings a picture or voice needs here; small, so that a whole interview can be sent. */
const picture: MediaTrackConstraints = {
  width: { ideal: 640 },
  height: { ideal: 480 },
  frameRate: { ideal: 30 },
};
const voice: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

/**
 * Opens camera and microphone. A chosen device that is gone gives way to the browser's default.
 * Rejects with a MediaProblem.
 */
export async function openMedia(
  wanted: Wanted,
  choice: Partial<Record<DeviceKind, string | null>> = {},
): Promise<MediaStream> {
  const devices = mediaDevices();
  if (devices === undefined) throw new MediaProblem(window.isSecureContext ? 'unsupported' : 'insecure');
  const constraints: MediaStreamConstraints = {
    video: wanted.camera && { ...picture, ...preferring(choice.camera) },
    audio: wanted.microphone && { ...voice, ...preferring(choice.microphone) },
  };
  try {
    return await devices.getUserMedia(constraints);
  } catch (error) {
    throw new MediaProblem(kindOf(error), { cause: error });
  }
}

function preferring(id: string | null | undefined): MediaTrackConstraints {
  // Not `exact`: yesterday's headset may be at home.
  return id === null || id === undefined ? {} : { deviceId: { ideal: id } };
}

function kindOf(error: unknown): MediaProblemKind {
  switch ((error as DOMException).name) {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
      return 'denied';
    case 'SecurityError':
      return window.isSecureContext ? 'denied' : 'insecure';
    case 'NotFoundError':
    case 'OverconstrainedError':
    case 'DevicesNotFoundError':
      return 'none';
    case 'NotReadableError':
    case 'AbortError':
    case 'TrackStartError':
      return 'busy';
    case 'NotSupportedError':
      return 'unsupported';
    default:
      return 'failed';
  }
}

export function stopMedia(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** Calls back once when a device of the stream is pulled out or taken away; not when we stop it ourselves. Returns the end of it. */
export function onEnded(stream: MediaStream, ended: () => void): () => void {
  const tracks = stream.getTracks();
  let told = false;
  function tell(): void {
    if (told) return;
    told = true;
    ended();
  }
  for (const track of tracks) track.addEventListener('ended', tell);
  return () => {
    told = true;
    for (const track of tracks) track.removeEventListener('ended', tell);
  };
}

const storageKey = (kind: DeviceKind) => `ik-device-${kind}`;

export function rememberedDevices(): DeviceChoice {
  return {
    camera: remembered(storageKey('camera')),
    microphone: remembered(storageKey('microphone')),
    speaker: remembered(storageKey('speaker')),
  };
}

export function rememberDevice(kind: DeviceKind, id: string | null): void {
  remember(storageKey(kind), id);
}
