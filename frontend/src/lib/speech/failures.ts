import type { MediaProblemKind } from '../media-devices';
import type { SpeechFailure, SpeechFailureKind } from './types';

const messages: Record<SpeechFailureKind, string> = {
  denied:
    'The microphone is not allowed for this page. Allow it in the browser’s address bar and press again, or type.',
  none: 'No microphone was found. Plug one in and press again, or type.',
  busy: 'The microphone does not answer; another program may be using it. Close that and press again, or type.',
  unplugged: 'The microphone went away. What you said until then is kept. Press again to go on, or type.',
  insecure: 'Browsers give the microphone only to pages with https. You can type.',
  unsupported: 'This browser cannot turn speech into text. You can type, or choose another way to speak.',
  unreachable: 'Your browser’s speech service does not answer. You can type, or choose another way to speak.',
  language:
    'This way of listening does not know your language. You can type, or choose another way to speak.',
  'not-installed':
    'Your browser could not get its speech model for this device. You can type, or choose another way to speak.',
  'nothing-heard':
    'Nothing was heard for a while, so listening has stopped. Press again when you want to go on.',
  refused: 'The server takes no speech here at the moment. What was written down is kept. You can type.',
  failed: 'Listening has stopped for a reason the browser does not tell. Press again, or type.',
};

export function speechFailure(kind: SpeechFailureKind, code: string | null = null): SpeechFailure {
  return { kind, message: messages[kind], code };
}

/** Kinds of missing pictures and sounds are kinds of missing speech too. */
export function mediaFailure(kind: MediaProblemKind): SpeechFailure {
  return speechFailure(kind, kind);
}

/** The error names of the Web Speech API. */
const recognitionErrors: Record<string, SpeechFailureKind> = {
  'not-allowed': 'denied',
  'service-not-allowed': 'unsupported',
  'audio-capture': 'none',
  network: 'unreachable',
  'language-not-supported': 'language',
  'no-speech': 'nothing-heard',
};

export function recognitionFailure(error: string): SpeechFailure {
  return speechFailure(recognitionErrors[error] ?? 'failed', error);
}
