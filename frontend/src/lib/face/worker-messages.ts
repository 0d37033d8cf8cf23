import type { Sample } from './types';

/** One picture of the camera: the frame itself, or a small copy where the browser gives no frames. Who has it closes it. */
export type Frame = VideoFrame | ImageBitmap;

/** What the page says to the worker. */
export type ToWorker = { type: 'load'; expression: boolean } | { type: 'frame'; at: number; frame: Frame };

/** What the worker says to the page. */
export type FromWorker =
  { type: 'ready' } | { type: 'failed'; message: string } | { type: 'sample'; sample: Sample };
