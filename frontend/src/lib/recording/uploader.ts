import { refusalIn, waitAskedBy } from '../refusal';
import { refusedRecording } from './failures';
import {
  changeRecording,
  cutToSent,
  dropChunk,
  dropRecording,
  firstChunk,
  keepRest,
  keptRecording,
} from './store';
import type { RecordingFailure, RecordingTransport, ServerHas } from './types';

const firstRetry = 1000;
const longestRetry = 30_000;
/** A request that takes longer hangs. */
const patience = 60_000;

/** What the server says of a recording that it has ended and that takes no more. */
export const sealed = 'recording-closed';

export interface UploaderEvents {
  /** Something was sent, or the network came or went. */
  changed: () => void;
  /** The server ends it. What it has accepted is completed if that makes sense. */
  refused: (failure: RecordingFailure) => void;
  /** Nothing is left to do, and nothing left here. */
  done: () => void;
}

/**
 * Sends one recording's chunks in order as they are kept, and completes it. What the server has is deleted here; passing errors are
 * tried again, later each time, for as long as it takes.
 */
export class RecordingUploader {
  /** The last attempt did not get through. */
  waiting = false;
  private running = false;
  private again = false;
  private ended = false;
  private failed = false;
  private asked = false;
  private delay = firstRetry;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly request = new AbortController();

  constructor(
    private readonly id: string,
    private readonly transport: RecordingTransport,
    private readonly events: UploaderEvents,
  ) {
    window.addEventListener('online', this.now);
    window.addEventListener('offline', this.offline);
  }

  /** There is something new to send, or to complete. */
  poke(): void {
    if (this.ended || this.timer !== undefined) return;
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = true;
    void this.drain().then(
      () => this.rest(null),
      (error: unknown) => this.rest(error),
    );
  }

  end(): void {
    if (this.ended) return;
    this.ended = true;
    clearTimeout(this.timer);
    this.request.abort();
    window.removeEventListener('online', this.now);
    window.removeEventListener('offline', this.offline);
  }

  private readonly now = (): void => {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.delay = firstRetry;
    this.poke();
  };

  private readonly offline = (): void => {
    this.wait(true);
  };

  private wait(waiting: boolean): void {
    if (this.waiting === waiting || this.ended) return;
    this.waiting = waiting;
    this.events.changed();
  }

  private rest(error: unknown): void {
    this.running = false;
    if (this.ended) return;
    if (error === null) {
      if (this.again) {
        this.again = false;
        this.poke();
      }
      return;
    }
    this.again = false;
    this.wait(true);
    const asked = (waitAskedBy(error) ?? 0) * 1000;
    this.timer = setTimeout(
      () => {
        this.timer = undefined;
        this.poke();
      },
      Math.max(asked, this.delay),
    );
    this.delay = Math.min(this.delay * 2, longestRetry);
  }

  private async drain(): Promise<void> {
    let recording = await keptRecording(this.id);
    if (recording === undefined) {
      this.finish(); // deleted meanwhile
      return;
    }
    const { scope, contentType: type } = recording;
    try {
      if (recording.chunks > 0 || !recording.finished) await this.meet(recording);
      for (let chunk = await firstChunk(this.id); chunk !== undefined; chunk = await firstChunk(this.id)) {
        if (this.isOver()) return;
        const { seq, data } = chunk;
        const digest = await contentDigest(data);
        await this.call((signal) =>
          this.transport.send(scope, this.id, seq, new Blob([data], { type }), digest, signal),
        );
        await dropChunk(this.id, seq);
        this.events.changed();
      }
      recording = await keptRecording(this.id);
      if (recording?.finished !== true || this.isOver()) return;
      const { chunks } = recording;
      // Chunks that the server lost cannot be had again: it then closes the recording with what it has.
      if (chunks > 0) await this.call((signal) => this.transport.complete(scope, this.id, chunks, signal));
      await dropRecording(this.id);
      this.finish();
    } catch (error) {
      const refusal = refusalIn(error);
      if (refusal === null) throw error;
      await this.refuse(refusedRecording(refusal));
    }
  }

  /** Makes the recording known to the server, or, after an earlier page, asks what it has of it. */
  private async meet(recording: {
    scope: string;
    begun: boolean;
    contentType: string;
    startedAt: string;
  }): Promise<void> {
    const { scope, begun, contentType, startedAt } = recording;
    if (!begun) {
      await this.call((signal) =>
        this.transport.begin(scope, { id: this.id, contentType, startedAt }, signal),
      );
      await changeRecording(this.id, { begun: true });
    } else if (!this.asked) {
      const has = await this.call((signal) => this.transport.has(scope, this.id, signal));
      if (has === null) throw unknown;
      await this.skip(has);
      if (!has.open) throw closed;
    }
    this.asked = true;
  }

  /** What was received but not yet deleted here when the page went away. */
  private async skip({ received, missing }: ServerHas): Promise<void> {
    if (missing.length >= 100) return; // not all gaps were told: sending again does no harm
    const gaps = new Set(missing);
    for (let seq = 0; seq < received + missing.length; seq += 1) {
      if (!gaps.has(seq)) await dropChunk(this.id, seq);
    }
  }

  private async refuse(failure: RecordingFailure): Promise<void> {
    if (this.failed || failure.kind === 'closed') {
      // Ended after too long a silence, say: what it did not take stays here. A deleted one is deleted here, too.
      if (!this.failed && failure.code === sealed) await keepRest(this.id);
      else await dropRecording(this.id);
      if (!this.failed) this.events.refused(failure);
      this.finish();
      return;
    }
    // What was accepted becomes a recording; one more attempt, without the rest.
    this.failed = true;
    await cutToSent(this.id);
    this.events.refused(failure);
    this.again = true;
  }

  private async call<T>(ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal } = this.request;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const own = new AbortController();
    const abort = () => own.abort();
    signal.addEventListener('abort', abort);
    try {
      const hangs = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          own.abort();
          reject(new DOMException('no answer', 'TimeoutError'));
        }, patience);
      });
      const answer = await Promise.race([ask(own.signal), hangs]);
      this.delay = firstRetry;
      this.wait(false);
      return answer;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    }
  }

  private isOver(): boolean {
    return this.ended;
  }

  private finish(): void {
    if (this.ended) return;
    this.end();
    this.events.done();
  }
}

const closed = Object.assign(new Error(sealed), { type: sealed, status: 409 });
const unknown = Object.assign(new Error('recording-not-found'), { type: 'recording-not-found', status: 404 });

/** The value of a Content-Digest header (RFC 9530). Null where there is no crypto: without https. */
export async function contentDigest(data: ArrayBuffer): Promise<string | null> {
  const { subtle } = crypto as { subtle?: SubtleCrypto };
  if (subtle === undefined) return null;
  const hash = new Uint8Array(await subtle.digest('SHA-256', data));
  return `sha-256=:${btoa(String.fromCharCode(...hash))}:`;
}
