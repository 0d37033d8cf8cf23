import type { PageEvent } from './types';

/** Watches the page itself: hidden, behind another window, pasted into, out of full screen, on a second screen. */
export class PageWatch {
  constructor(readonly onEvent: (event: PageEvent) => void) {}

  /** Begin; says at once what is already so (a second screen, a hidden page). */
  start(): void {
    throw new Error('not yet');
  }

  stop(): void {
    throw new Error('not yet');
  }
}
