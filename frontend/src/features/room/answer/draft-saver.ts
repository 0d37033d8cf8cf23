import { isProblem } from '@/api/problem';

import type { Unsaved } from './unsaved';

export type DraftStatus = 'saved' | 'unsaved' | 'saving' | 'offline' | 'failed' | 'conflict' | 'closed';

export interface DraftState {
  status: DraftStatus;
  /** When the server last confirmed the text, as it said. */
  savedAt: string | null;
  /** What another tab has written, while `status` is `conflict`. */
  theirs: string | null;
}

interface Draft {
  text: string;
  revision: number;
}

interface Options {
  start: Draft & { savedAt: string | null };
  save: (draft: Draft, keepalive: boolean) => Promise<{ revision: number; saved_at: string }>;
  onState: (state: DraftState) => void;
  /** Quiet time before a save, ms. */
  delay?: number;
  /** Longest time something typed stays unsaved while typing goes on, ms. */
  atMost?: number;
}

const firstRetry = 2000;
const longestRetry = 30_000;

/**
 * Keeps one answer's draft on the server: a pause after typing saves, so does a while of typing without a pause. One
 * request at a time; what is typed meanwhile goes with the next. Passing failures are retried, later each time. When
 * another tab has saved a newer text nobody's words are overwritten: the person chooses.
 */
export class DraftSaver {
  private text: string;
  private savedText: string;
  private revision: number;
  private savedAt: string | null;
  private theirs: Draft | null = null;
  private status: DraftStatus = 'saved';
  private timer: ReturnType<typeof setTimeout> | undefined;
  private waitingSince: number | null = null;
  private inFlight: Promise<void> | null = null;
  private retryDelay = firstRetry;
  private ended = false;
  private readonly delay: number;
  private readonly atMost: number;

  constructor(private readonly options: Options) {
    this.text = options.start.text;
    this.savedText = options.start.text;
    this.revision = options.start.revision;
    this.savedAt = options.start.savedAt;
    this.delay = options.delay ?? 1500;
    this.atMost = options.atMost ?? 6000;
  }

  get dirty(): boolean {
    return this.text !== this.savedText;
  }

  /** What would be lost if the page ended now; null when the server has it all, or has taken the answer. */
  get unsaved(): Unsaved | null {
    if (this.ended || !this.dirty) return null;
    // In a conflict nothing was chosen yet: from revision 0 the server tells of the other text again.
    const revision = this.status === 'conflict' ? 0 : this.revision;
    return { text: this.text, base: { text: this.savedText, revision } };
  }

  /** The person typed. */
  change(text: string): void {
    this.text = text;
    if (this.ended || this.status === 'conflict') return;
    if (!this.dirty && this.inFlight === null) {
      clearTimeout(this.timer);
      this.waitingSince = null;
      this.set('saved');
      return;
    }
    if (this.inFlight !== null) return; // goes with the next request
    if (this.status !== 'offline' && this.status !== 'failed') this.set('unsaved');
    this.waitingSince ??= Date.now();
    const left = this.atMost - (Date.now() - this.waitingSince);
    this.schedule(Math.max(0, Math.min(this.delay, left)));
  }

  /** Saves at once what is not saved; resolves when it is, or when the attempt failed. */
  async flush(keepalive = false): Promise<void> {
    if (this.inFlight !== null) await this.inFlight;
    if (this.ended || !this.dirty || this.status === 'conflict') return;
    clearTimeout(this.timer);
    await this.send(keepalive);
  }

  /** After a conflict: go on with the text in this tab, or with the one from the other. Returns the text to show. */
  resolve(choice: 'mine' | 'theirs'): string {
    const theirs = this.theirs;
    if (theirs === null) return this.text;
    this.theirs = null;
    this.savedText = theirs.text;
    if (choice === 'theirs') this.text = theirs.text;
    this.set('saved');
    this.change(this.text);
    return this.text;
  }

  /** No more saving: the answer was handed in or skipped, or the page is gone. */
  end(): void {
    this.ended = true;
    clearTimeout(this.timer);
  }

  private schedule(after: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.send(false), after);
  }

  private send(keepalive: boolean): Promise<void> {
    this.inFlight ??= this.request(keepalive).finally(() => {
      this.inFlight = null;
      // Typed while the request was under way.
      if (!this.ended && this.status === 'saved' && this.dirty) this.change(this.text);
    });
    return this.inFlight;
  }

  private async request(keepalive: boolean): Promise<void> {
    const text = this.text;
    this.waitingSince = null;
    if (this.status !== 'offline' && this.status !== 'failed') this.set('saving');
    try {
      const saved = await this.options.save({ text, revision: this.revision }, keepalive);
      this.accept(text, saved.revision, saved.saved_at);
    } catch (error) {
      if (!this.ended) this.refuse(error, text);
    }
  }

  private accept(text: string, revision: number, savedAt: string | null): void {
    this.savedText = text;
    this.revision = revision;
    this.savedAt = savedAt ?? this.savedAt;
    this.retryDelay = firstRetry;
    this.set('saved');
  }

  private refuse(error: unknown, text: string): void {
    if (isProblem(error, 'draft-stale')) {
      const theirs = stale(error.extensions);
      this.revision = theirs.revision;
      if (theirs.text === text || theirs.text === this.savedText) {
        // Our own request arrived and its answer was lost, or only the number moved on.
        if (theirs.text === text) this.accept(text, theirs.revision, null);
        else {
          this.set('unsaved');
          this.schedule(0);
        }
        return;
      }
      this.theirs = theirs;
      this.set('conflict');
      return;
    }
    if (isProblem(error, 'question-not-open')) {
      this.end();
      this.set('closed');
      return;
    }
    this.set(isProblem(error, 'network', 'timeout') ? 'offline' : 'failed');
    // A text the server will not take (too long, say) is tried again when it has changed.
    if (isProblem(error) && (error.passing || error.type === 'session-expired')) this.again();
  }

  private again(): void {
    this.schedule(this.retryDelay);
    this.retryDelay = Math.min(this.retryDelay * 2, longestRetry);
  }

  private set(status: DraftStatus): void {
    this.status = status;
    this.options.onState({ status, savedAt: this.savedAt, theirs: this.theirs?.text ?? null });
  }
}

function stale(extensions: Record<string, unknown>): Draft {
  const { text, revision } = extensions;
  return {
    text: typeof text === 'string' ? text : '',
    revision: typeof revision === 'number' ? revision : 0,
  };
}
