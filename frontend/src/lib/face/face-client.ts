import { FrameReader } from './frame-reader';
import type { Picture } from './shrink';
import type { FaceClientState, OffReason, Sample } from './types';
import type { FromWorker, ToWorker } from './worker-messages';

/** What the client uses of a Worker. */
export type WorkerLike = Pick<
  Worker,
  'postMessage' | 'terminate' | 'onmessage' | 'onerror' | 'onmessageerror'
>;

export interface FaceClientOptions {
  onSample: (sample: Sample) => void;
  onState: (state: FaceClientState) => void;
  /** For tests. */
  makeWorker?: () => WorkerLike;
  read?: (video: HTMLVideoElement) => Promise<Picture>;
  pauseAfter?: (busyMs: number) => number;
}

/** Between two frames, ms. */
const usualPause = 333;
const hiddenPause = 1000;
/** A worker that takes longer for a frame than this is not coming back. */
const frameWithin = 8000;
/** Three megabytes over a poor line. */
const loadedWithin = 60_000;
/** A video that gives no picture for so long has no camera. */
const pictureWithin = 10_000;
const firstRetry = 1000;
const longestRetry = 60_000;
/** After so many frames a restart counts as a success, and the next trouble starts with the short wait again. */
const wellAfter = 10;

function makeWorker(): WorkerLike {
  return new Worker(new URL('./face.worker.ts', import.meta.url), { type: 'module', name: 'face' });
}

/** At most three times a second, and at most half of one core, however slow it is. */
export function pauseAfter(busyMs: number): number {
  return Math.max(document.hidden ? hiddenPause : usualPause - busyMs, busyMs);
}

function isSupported(): boolean {
  return ['Worker', 'WebAssembly', 'OffscreenCanvas'].every((name) => name in globalThis);
}

/**
 * Looks at a camera through a worker, about three times a second, with one frame in flight. It slows down when frames take
 * long or the page is hidden, and after a crash or silence starts a new worker, later each time.
 */
export class FaceClient {
  state: FaceClientState = { name: 'off', since: Date.now(), reason: 'stopped', retryAt: null };

  private video: HTMLVideoElement | null = null;
  private expression = false;
  private worker: WorkerLike | null = null;
  private loaded = false;
  private track: MediaStreamTrack | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private watchdog: ReturnType<typeof setTimeout> | undefined;
  private delay = firstRetry;
  private well = 0;
  private blindSince: number | null = null;
  private readonly makeWorker: () => WorkerLike;
  private readonly read: (video: HTMLVideoElement) => Promise<Picture>;
  private readonly pauseAfter: (busyMs: number) => number;

  constructor(private readonly options: FaceClientOptions) {
    this.makeWorker = options.makeWorker ?? makeWorker;
    const reader = new FrameReader();
    this.read = options.read ?? ((video) => reader.read(video));
    this.pauseAfter = options.pauseAfter ?? pauseAfter;
  }

  /**
   * Begin with a video element that shows a camera. Without `expression` the emotion model is not even loaded. Called again
   * (another camera, another consent) it starts over.
   */
  start(video: HTMLVideoElement, { expression }: { expression: boolean }): void {
    this.putDown();
    this.video = video;
    this.expression = expression;
    this.delay = firstRetry;
    if (this.options.makeWorker === undefined && !isSupported()) {
      this.turnOff('unsupported', null);
      return;
    }
    this.follow(video);
    this.open();
  }

  /** Try again now instead of at `retryAt`. */
  retry(): void {
    if (this.video === null || this.state.name !== 'off' || this.state.reason === 'unsupported') return;
    this.start(this.video, { expression: this.expression });
  }

  stop(): void {
    if (this.video === null) return;
    this.putDown();
    this.video = null;
    this.turnOff('stopped', null);
  }

  /** Let go of worker, timers and camera. */
  private putDown(): void {
    this.closeWorker();
    this.track?.removeEventListener('ended', this.cameraGone);
    this.track?.removeEventListener('mute', this.cameraGone);
    this.track?.removeEventListener('unmute', this.cameraBack);
    this.track = null;
  }

  private closeWorker(): void {
    clearTimeout(this.timer);
    clearTimeout(this.watchdog);
    if (this.worker) {
      this.worker.onmessage = this.worker.onerror = this.worker.onmessageerror = null;
      this.worker.terminate();
    }
    this.worker = null;
    this.loaded = false;
    this.blindSince = null;
  }

  private follow(video: HTMLVideoElement): void {
    const stream = video.srcObject;
    // jsdom knows no MediaStream; what has tracks is one.
    this.track = stream && 'getVideoTracks' in stream ? (stream.getVideoTracks()[0] ?? null) : null;
    this.track?.addEventListener('ended', this.cameraGone);
    this.track?.addEventListener('mute', this.cameraGone);
    this.track?.addEventListener('unmute', this.cameraBack);
  }

  private readonly cameraGone = (): void => {
    this.closeWorker();
    this.turnOff('camera', null);
  };

  private readonly cameraBack = (): void => {
    if (this.state.name === 'off') this.open();
  };

  private open(): void {
    if (this.track && (this.track.readyState === 'ended' || this.track.muted)) {
      this.cameraGone();
      return;
    }
    this.closeWorker();
    this.well = 0;
    this.say({ name: 'loading', since: Date.now() });
    const worker = this.makeWorker();
    this.worker = worker;
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.hear(data);
    worker.onerror = (event) => {
      // Handled here: an error in the worker is a state, not a fault of the page.
      event.preventDefault();
      this.fail(this.loaded ? 'crashed' : 'not_loaded');
    };
    worker.onmessageerror = () => this.fail('crashed');
    this.expectWithin(loadedWithin, 'not_loaded');
    this.tell({ type: 'load', expression: this.expression });
  }

  private tell(message: ToWorker, transfer: Transferable[] = []): void {
    this.worker?.postMessage(message, transfer);
  }

  private hear(message: FromWorker): void {
    clearTimeout(this.watchdog);
    if (message.type === 'failed') {
      this.fail(this.loaded ? 'crashed' : 'not_loaded');
    } else if (message.type === 'ready') {
      this.loaded = true;
      this.say({ name: 'running', since: Date.now() });
      this.schedule(0);
    } else {
      this.well += 1;
      if (this.well === wellAfter) this.delay = firstRetry;
      this.schedule(this.pauseAfter(message.sample.tookMs));
      this.options.onSample(message.sample);
    }
  }

  private schedule(pause: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.shoot(), pause);
  }

  private async shoot(): Promise<void> {
    const { video, worker } = this;
    if (!video || !worker) return;
    const at = Date.now();
    const picture = hasPicture(video) ? await this.read(video).catch(() => null) : null;
    if (worker !== this.worker) return;
    if (picture) {
      this.blindSince = null;
      this.expectWithin(frameWithin, 'silent');
      this.tell({ type: 'frame', at, picture }, [picture.values.buffer]);
      return;
    }
    this.blindSince ??= at;
    if (at - this.blindSince >= pictureWithin) this.fail('camera');
    else this.schedule(usualPause);
  }

  private expectWithin(limit: number, reason: OffReason): void {
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(() => this.fail(reason), limit);
  }

  private fail(reason: OffReason): void {
    this.closeWorker();
    this.turnOff(reason, Date.now() + this.delay);
    this.timer = setTimeout(() => this.open(), this.delay);
    this.delay = Math.min(this.delay * 2, longestRetry);
  }

  private turnOff(reason: OffReason, retryAt: number | null): void {
    this.say({ name: 'off', since: Date.now(), reason, retryAt });
  }

  private say(state: FaceClientState): void {
    this.state = state;
    this.options.onState(state);
  }
}

function hasPicture(video: HTMLVideoElement): boolean {
  return video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && video.videoWidth > 0;
}
