/** `available` is ready, `downloadable` needs a press and a download, `unavailable` is not there. */
export type OnDeviceAvailability = 'available' | 'downloadable' | 'downloading' | 'unavailable';

/** What this browser can do, asked once; nothing is started and no permission is needed. */
export interface Capabilities {
  secureContext: boolean;
  getUserMedia: boolean;
  /** The first types of each that MediaRecorder takes, or null. */
  videoRecording: string | null;
  audioRecording: string | null;
  /** Only that the API exists: whether it works is known after a press (measured: Chromium without a service fails at once). */
  speechRecognition: boolean;
  onDeviceSpeech: OnDeviceAvailability;
  /** Voices that can read aloud; 0 after a second of waiting. */
  voices: number;
  fullscreen: boolean;
  /** Whether `screen.isExtended` tells of a second screen. */
  secondScreen: boolean;
  webAssembly: boolean;
  indexedDb: boolean;
  webLocks: boolean;
  /** Bytes that this origin may still keep, if the browser tells. */
  roomBytes: number | null;
}

/** Takes a second at most: voices come late. */
export declare function readCapabilities(lang?: string): Promise<Capabilities>;
