import { refusalIn, waitAskedBy, type Refusal } from '../refusal';
import type { AudioPart, SpeechPart, UploadPart } from './types';

const firstRetry = 1000;
const longestRetry = 30_000;
/** A request that takes longer hangs. */
const patience = 60_000;

export interface UploaderEvents {
  sent: (part: SpeechPart) => void;
  /** The server will never take this part. */
  refused: (part: AudioPart, refusal: Refusal) => void;
}

/** Sends parts one after the other, keeps them in memory while the network is gone, and tries again, later each time. */
export class PartUploader {
  private queue: AudioPart[] = [];
  private request: AbortController | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private delay = firstRetry;

  constructor(
    private readonly upload: () => UploadPart | undefined,
    private readonly events: UploaderEvents,
  ) {
    window.addEventListener('online', this.now);
  }

  add(part: AudioPart): void {
    this.queue.push(part);
    this.pump();
  }

  /** Forget everything that was not sent. */
  clear(): AudioPart[] {
    const forgotten = this.queue;
    this.queue = [];
    clearTimeout(this.timer);
    this.timer = undefined;
    this.request?.abort();
    this.request = null;
    this.delay = firstRetry;
    return forgotten;
  }

  end(): void {
    this.clear();
    window.removeEventListener('online', this.now);
  }

  private readonly now = (): void => {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.delay = firstRetry;
    this.pump();
  };

  private pump(): void {
    const part = this.queue[0];
    const upload = this.upload();
    if (part === undefined || upload === undefined || this.request !== null || this.timer !== undefined)
      return;
    const request = new AbortController();
    this.request = request;
    const hangs = setTimeout(() => this.failed(request, part, null), patience);
    upload(part, request.signal).then(
      (answer) => {
        clearTimeout(hangs);
        this.succeeded(request, answer);
      },
      (error: unknown) => {
        clearTimeout(hangs);
        this.failed(request, part, error);
      },
    );
  }

  private succeeded(request: AbortController, answer: SpeechPart): void {
    if (this.request !== request) return;
    this.request = null;
    this.delay = firstRetry;
    this.queue.shift();
    this.events.sent(answer);
    this.pump();
  }

  private failed(request: AbortController, part: AudioPart, error: unknown): void {
    if (this.request !== request) return;
    this.request = null;
    request.abort();
    const refusal = refusalIn(error);
    if (refusal !== null) {
      this.queue.shift();
      this.events.refused(part, refusal);
      this.pump();
      return;
    }
    const asked = (waitAskedBy(error) ?? 0) * 1000;
    this.timer = setTimeout(
      () => {
        this.timer = undefined;
        this.pump();
      },
      Math.max(asked, this.delay),
    );
    this.delay = Math.min(this.delay * 2, longestRetry);
  }
}
