import type { PageEvent } from './types';

/** `isExtended` and its event are Chromium's; elsewhere a second screen cannot be seen and is never claimed. */
type MaybeExtended = Partial<EventTarget> & { isExtended?: boolean };

/**
 * Watches the page itself: hidden, behind another window, pasted into, out of full screen, a second screen. Of a paste it
 * takes the number of characters and nothing else.
 */
export class PageWatch {
  private ends: (() => void)[] = [];
  private wasFull = false;
  private extended = false;

  /** `counts` says of what was pasted into whether it matters; everything does if it is left out. */
  constructor(
    private readonly onEvent: (event: PageEvent) => void,
    private readonly counts: (target: EventTarget | null) => boolean = () => true,
  ) {}

  /** Begin; says at once what is already so. */
  start(): void {
    this.stop();
    this.listen(document, 'visibilitychange', () => this.say(document.hidden ? 'hidden' : 'shown'));
    this.listen(window, 'blur', () => this.say('blurred'));
    this.listen(window, 'focus', () => this.say('focused'));
    this.listen(document, 'fullscreenchange', () => this.seeFullscreen());
    // On the way down, so that it is seen even where a field handles it itself.
    this.listen(document, 'paste', (event) => this.seePaste(event as ClipboardEvent), true);
    this.listen(screenOf(window), 'change', () => this.seeScreens());
    this.wasFull = document.fullscreenElement !== null;
    this.extended = false;
    if (document.hidden) this.say('hidden');
    this.seeScreens();
  }

  stop(): void {
    for (const end of this.ends.splice(0)) end();
  }

  private listen(
    target: Partial<EventTarget>,
    name: string,
    heard: (event: Event) => void,
    capture = false,
  ): void {
    target.addEventListener?.(name, heard, capture);
    this.ends.push(() => target.removeEventListener?.(name, heard, capture));
  }

  private say(type: Exclude<PageEvent['type'], 'paste' | 'second_screen'>): void {
    this.onEvent({ type, at: Date.now() });
  }

  private seeFullscreen(): void {
    const full = document.fullscreenElement !== null;
    if (full !== this.wasFull) this.say(full ? 'fullscreen_entered' : 'fullscreen_left');
    this.wasFull = full;
  }

  private seePaste(event: ClipboardEvent): void {
    if (!this.counts(event.target)) return;
    const length = event.clipboardData?.getData('text/plain').length ?? 0;
    this.onEvent({ type: 'paste', at: Date.now(), length });
  }

  private seeScreens(): void {
    const present = screenOf(window).isExtended === true;
    if (present !== this.extended) this.onEvent({ type: 'second_screen', at: Date.now(), present });
    this.extended = present;
  }
}

function screenOf(from: Window): MaybeExtended {
  return from.screen as unknown as MaybeExtended;
}
