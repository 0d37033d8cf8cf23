import type { Picture } from './shrink';
import type { Sample } from './types';

/** What the page says to the worker. */
export type ToWorker =
  { type: 'load'; expression: boolean } | { type: 'frame'; at: number; picture: Picture };

/** What the worker says to the page. */
export type FromWorker =
  { type: 'ready' } | { type: 'failed'; message: string } | { type: 'sample'; sample: Sample };
