import type {
  SpeechEngine,
  SpeechFacts,
  SpeechFailure,
  SpeechMeter,
  SpeechPart,
  SpeechState,
  SpokenSegment,
  UploadPart,
} from './types';

export interface SpeechSettings {
  engine: SpeechEngine;
  /** BCP 47, e.g. `en-GB`. */
  lang: string;
  /** What the words belong to (a question). A change forgets everything of the one before. */
  scope: string;
  /** A stream that is open anyway; it is borrowed and never stopped here. Without one, `deviceId` is opened while listening. */
  stream?: MediaStream | null;
  deviceId?: string | null;
  /** Only for `server`. */
  uploadPart?: UploadPart;
  /** Only for `server`: the parts in the caller's newest snapshot. */
  parts?: readonly SpeechPart[];
  /** The place from the server's offer, for the facts. */
  place?: string | null;
  /** Once per segment, in the order they were said. */
  onFinal: (segment: SpokenSegment) => void;
  onError?: (failure: SpeechFailure) => void;
  /** Seconds of silence (4 or more) before the countdown; null (the default) never ends by itself. */
  autoEndAfter?: number | null;
  /** The countdown ran out: hand in, or whatever ending means. */
  onAutoEnd?: () => void;
}

export interface Speech extends SpeechState {
  facts: SpeechFacts;
  meter: SpeechMeter;
  /** From a press. */
  start: () => void;
  /** Nothing said so far is lost: `finishing` until the last of it is written down. */
  stop: () => void;
  /** After handing in: stop, and let nothing that comes later count. */
  discard: () => void;
  /** "I am thinking": listening goes on, ending by itself does not. */
  think: (thinking: boolean) => void;
  /** Call off the countdown; it comes back only after something more was said and silence again. */
  keepGoing: () => void;
  /** Forget a missing part's mark. */
  dismiss: (take: string, seq: number) => void;
}

/** Words from a voice, by whichever engine. Stops with the component. */
export declare function useSpeech(settings: SpeechSettings): Speech;
