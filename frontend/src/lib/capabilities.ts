import { recordingType } from './media-types';
import { availableVoices } from './read-aloud';
import { onDeviceAvailability, recognition, type OnDeviceAvailability } from './speech/recognition-api';

/** What this browser can do, asked once; nothing is started and no permission is needed. */
export interface Capabilities {
  secureContext: boolean;
  getUserMedia: boolean;
  /** The first type of each that MediaRecorder takes, or null. */
  videoRecording: string | null;
  audioRecording: string | null;
  /** Only that the API exists: whether it works is known after a press (Chromium without Google's service fails at once). */
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
export async function readCapabilities(lang = 'en-GB'): Promise<Capabilities> {
  const [onDeviceSpeech, voices, roomBytes] = await Promise.all([
    onDeviceAvailability(lang),
    availableVoices(),
    room(),
  ]);
  const media = (navigator as { mediaDevices?: Partial<MediaDevices> }).mediaDevices;
  return {
    secureContext: window.isSecureContext,
    getUserMedia: media?.getUserMedia !== undefined,
    videoRecording: recordingType('video'),
    audioRecording: recordingType('audio'),
    speechRecognition: recognition() !== null,
    onDeviceSpeech,
    voices: voices.length,
    fullscreen: document.fullscreenEnabled,
    secondScreen: 'isExtended' in window.screen,
    webAssembly: 'WebAssembly' in globalThis,
    indexedDb: 'indexedDB' in globalThis,
    webLocks: 'locks' in navigator,
    roomBytes,
  };
}

async function room(): Promise<number | null> {
  const storage = (navigator as { storage?: Partial<StorageManager> }).storage;
  try {
    const estimate = await storage?.estimate?.();
    if (estimate?.quota === undefined) return null;
    return estimate.quota - (estimate.usage ?? 0);
  } catch {
    return null;
  }
}
