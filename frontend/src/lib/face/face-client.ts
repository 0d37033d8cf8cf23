import type { FaceClientState, Sample } from './types';

export interface FaceClientOptions {
  onSample: (sample: Sample) => void;
  onState: (state: FaceClientState) => void;
}

/** Looks at a camera through a worker, about three times a second. */
export class FaceClient {
  state: FaceClientState = { name: 'off', since: Date.now(), reason: 'stopped', retryAt: null };

  constructor(private readonly options: FaceClientOptions) {}

  /** Begin with a video that plays (or will play) a camera. Without `expression` the emotion model is not even loaded. */
  start(_video: HTMLVideoElement, _options: { expression: boolean }): void {
    throw new Error(`not yet ${String(this.options)}`);
  }

  /** Try again now instead of waiting for `retryAt`. */
  retry(): void {
    throw new Error('not yet');
  }

  stop(): void {
    throw new Error('not yet');
  }
}
