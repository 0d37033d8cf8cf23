import type { Device, DeviceChoice, DeviceKind, MediaProblem, Wanted } from './media-devices';

export interface MediaDevicesState {
  cameras: readonly Device[];
  microphones: readonly Device[];
  speakers: readonly Device[];
  /** False until the browser tells the devices' names, which it does once one was allowed. */
  named: boolean;
  choice: DeviceChoice;
  /** Remembered on this machine. */
  choose: (kind: DeviceKind, id: string | null) => void;
  /** Ask again, e.g. after permission was given. */
  refresh: () => void;
}

/** Cameras, microphones and speakers as they come and go, and which were chosen on this machine. */
export declare function useMediaDevices(): MediaDevicesState;

export type MediaStreamState =
  | { status: 'off'; stream: null; problem: null }
  | { status: 'asking'; stream: null; problem: null }
  | { status: 'on'; stream: MediaStream; problem: null }
  | { status: 'failed'; stream: null; problem: MediaProblem };

export type MediaStreamControl = MediaStreamState & {
  /** From a press: the browser may ask the person. A stream that is open already is replaced. */
  open: (wanted: Wanted) => void;
  close: () => void;
};

/**
 * One stream of the chosen camera and microphone, for everything that needs them at once (preview, recording, speech, face).
 * Closes with the component; reopens when another device is chosen; an unplugged device is a problem like any other.
 */
export declare function useMediaStream(choice: DeviceChoice): MediaStreamControl;
