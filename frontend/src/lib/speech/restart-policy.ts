/** How one session of the browser's recognition came to its end. */
export interface SessionEnd {
  /** Whether any word came in it. */
  words: boolean;
  error: string | null;
  seconds: number;
  thinking: boolean;
}

export type AfterEnd = { restartAfterMs: number } | { giveUp: string };

/** Errors that the next attempt would meet again. */
const final = new Set([
  'not-allowed',
  'service-not-allowed',
  'audio-capture',
  'language-not-supported',
  'language-unavailable',
  'bad-grammar',
]);
const mostFruitless = 3;
/** While the person thinks, a session that waited patiently for a word is no failure; but there is an end to it. */
const mostPatient = 40;
const patientSeconds = 4;
const firstDelay = 300;

/**
 * Whether recognition is started again after it ended by itself, which browsers do after silence or about a minute. A service that
 * is not there fails within milliseconds: starting again at once without an end is a storm (seen: 154 starts in three seconds).
 */
export class RestartPolicy {
  private everHeard = false;
  private fruitless = 0;
  private patient = 0;

  next({ words, error, seconds, thinking }: SessionEnd): AfterEnd {
    if (error !== null && final.has(error)) return { giveUp: error };
    if (words) {
      this.everHeard = true;
      this.fruitless = 0;
      this.patient = 0;
      if (error === null || error === 'no-speech') return { restartAfterMs: firstDelay };
    }
    const silence = error === null || error === 'no-speech';
    // An error before the first word: whatever is broken was broken before.
    if (!silence && !this.everHeard) return { giveUp: error };
    if (silence && thinking && seconds >= patientSeconds && this.patient < mostPatient) {
      this.patient += 1;
      return { restartAfterMs: firstDelay };
    }
    this.fruitless += 1;
    if (this.fruitless >= mostFruitless) return { giveUp: error ?? 'no-speech' };
    return { restartAfterMs: firstDelay * 4 ** this.fruitless };
  }
}
