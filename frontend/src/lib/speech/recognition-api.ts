/** What TypeScript's DOM library does not describe of the Web Speech API: the parts used here. */
export interface RecognitionResultEvent extends Event {
  resultIndex: number;
  results: SpeechRecognitionResultList;
}

export interface RecognitionErrorEvent extends Event {
  error: string;
  message: string;
}

export interface Recognition extends EventTarget {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  maxAlternatives: number;
  processLocally?: boolean;
  onstart: (() => void) | null;
  onresult: ((event: RecognitionResultEvent) => void) | null;
  onerror: ((event: RecognitionErrorEvent) => void) | null;
  onend: (() => void) | null;
  start: (track?: MediaStreamTrack) => void;
  stop: () => void;
  abort: () => void;
}

/** `available` is ready, `downloadable` needs a press and a download, `unavailable` is not there. */
export type OnDeviceAvailability = 'available' | 'downloadable' | 'downloading' | 'unavailable';

interface LocalOptions {
  langs: string[];
  processLocally: true;
}

interface RecognitionClass {
  new (): Recognition;
  available?: (options: LocalOptions) => Promise<OnDeviceAvailability>;
  install?: (options: LocalOptions) => Promise<boolean>;
}

/** Looked up at each use: it may be replaced after this module was loaded. */
export function recognition(): RecognitionClass | null {
  const { SpeechRecognition, webkitSpeechRecognition } = globalThis as {
    SpeechRecognition?: RecognitionClass;
    webkitSpeechRecognition?: RecognitionClass;
  };
  return SpeechRecognition ?? webkitSpeechRecognition ?? null;
}

export async function onDeviceAvailability(lang: string): Promise<OnDeviceAvailability> {
  try {
    return (await recognition()?.available?.({ langs: [lang], processLocally: true })) ?? 'unavailable';
  } catch {
    return 'unavailable'; // a permissions policy forbids it
  }
}

/** Downloads the language's model; from a press. False when the browser would or could not. */
export async function installOnDevice(lang: string): Promise<boolean> {
  try {
    return (await recognition()?.install?.({ langs: [lang], processLocally: true })) ?? false;
  } catch {
    return false;
  }
}
