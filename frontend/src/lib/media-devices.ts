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
