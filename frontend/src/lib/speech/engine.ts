import type { SpeechFailure } from './types';

/** What an engine tells while it listens, and a little after. */
export interface EngineEvents {
  listening: () => void;
  installing: (installing: boolean) => void;
  interim: (text: string) => void;
  /** Words that are certain. */
  said: (text: string) => void;
  /** It came to its end: asked to, or because of a failure. Nothing follows. */
  ended: (failure: SpeechFailure | null) => void;
}

/** One press of "Speak", from start to end. */
export interface Engine {
  /** Finish: what was said already still comes, then `ended`. */
  stop: () => void;
  /** At once and without another word. */
  abort: () => void;
  think: (thinking: boolean) => void;
}
