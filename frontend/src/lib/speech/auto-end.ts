import type { AutoEndState } from './types';

/** Shorter silences happen within an answer. */
export const shortestSilence = 4;
const countdown = 5;

export const autoEndOff: AutoEndState = { phase: 'off', secondsLeft: null };

/**
 * Whether silence ends an answer. Off unless asked for; after enough silence a countdown that anything said, thinking or a press
 * calls off; then one callback. Pure: it is told the time.
 */
export class AutoEnd {
  private after: number | null = null;
  private countingSince: number | null = null;
  private ended = false;
  /** Nothing counts until something was said: silence before the first word is not the end of an answer. */
  private armed = false;
  private suspended = false;

  constructor(private readonly onEnd: () => void) {}

  /** Seconds of silence, at least `shortestSilence`; null switches it off. */
  configure(after: number | null): void {
    this.after = after === null ? null : Math.max(shortestSilence, after);
    if (after === null) this.countingSince = null;
  }

  /** A new attempt at an answer: nothing said yet. */
  reset(): void {
    this.countingSince = null;
    this.ended = false;
    this.armed = false;
  }

  suspend(suspended: boolean): void {
    this.suspended = suspended;
    if (suspended) this.countingSince = null;
  }

  /** Not now: it comes back only after something more was said. */
  callOff(): void {
    this.countingSince = null;
    this.armed = false;
  }

  /** `now` in seconds, of any clock. */
  tick(now: number, speaking: boolean, silentSeconds: number): AutoEndState {
    if (this.after === null) return autoEndOff;
    if (this.ended) return { phase: 'ended', secondsLeft: null };
    if (speaking) {
      this.armed = true;
      this.countingSince = null;
    }
    if (this.armed && !this.suspended && !speaking && silentSeconds >= this.after) this.countingSince ??= now;
    else this.countingSince = null;
    if (this.countingSince === null) return { phase: 'waiting', secondsLeft: null };
    const left = countdown - (now - this.countingSince);
    if (left > 0) return { phase: 'counting', secondsLeft: Math.ceil(left) };
    this.ended = true;
    this.countingSince = null;
    this.onEnd();
    return { phase: 'ended', secondsLeft: null };
  }
}
