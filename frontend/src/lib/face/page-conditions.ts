import { windowOf, type Ladder } from './ladder';
import type { MonitorEvent, MonitorRules, NoticeKind, PageEvent } from './types';

type Held = 'page_hidden' | 'window_blur' | 'fullscreen_exit' | 'second_screen';

/** What is going on with the page, and since when; each counts after its window. */
export class PageConditions {
  private readonly since = new Map<Held, number>();
  private behind = false;

  constructor(
    private readonly ladder: Ladder,
    private readonly rules: MonitorRules,
  ) {}

  get hidden(): boolean {
    return this.since.has('page_hidden');
  }

  hear(event: PageEvent): MonitorEvent[] {
    const { at } = event;
    switch (event.type) {
      case 'hidden':
        // One thing, one notice: a hidden page has no focus either.
        return [...this.over('window_blur', at), ...this.holds('page_hidden', at)];
      case 'shown':
        if (this.behind) this.holds('window_blur', at);
        return this.over('page_hidden', at);
      case 'blurred':
        this.behind = true;
        return this.hidden ? [] : this.holds('window_blur', at);
      case 'focused':
        this.behind = false;
        return this.over('window_blur', at);
      case 'fullscreen_left':
        return this.holds('fullscreen_exit', at);
      case 'fullscreen_entered':
        return this.over('fullscreen_exit', at);
      case 'second_screen':
        return event.present ? this.holds('second_screen', at) : this.over('second_screen', at);
      case 'paste':
        return [...this.ladder.begin('paste', at, at, null, event.length), ...this.ladder.end('paste', at)];
    }
  }

  tick(now: number): MonitorEvent[] {
    return [...this.since].flatMap(([kind, since]) => this.count(kind, since, now));
  }

  /** Timers sleep in a hidden page, so what has lasted long enough may be noticed only when it is over. */
  private over(kind: Held, at: number): MonitorEvent[] {
    const since = this.since.get(kind);
    if (since === undefined) return [];
    this.since.delete(kind);
    return [...this.count(kind, since, at), ...this.ladder.end(kind, at)];
  }

  private holds(kind: Held, at: number): MonitorEvent[] {
    if (!this.since.has(kind)) this.since.set(kind, at);
    return [];
  }

  private count(kind: NoticeKind, since: number, at: number): MonitorEvent[] {
    if (kind === 'fullscreen_exit') return this.countLeaving(kind, since, at);
    if (this.ladder.isOpen(kind)) return this.ladder.grow(kind, at, null);
    if (at - since < windowOf(kind, this.rules) * 1000) return [];
    return [...this.ladder.begin(kind, since, at, null), ...this.ladder.grow(kind, at, null)];
  }

  /** It is the leaving that is noted, as long as it took to be: a window is where a page is at home, so nothing goes on. */
  private countLeaving(kind: Held, since: number, at: number): MonitorEvent[] {
    const window = windowOf(kind, this.rules) * 1000;
    const events: MonitorEvent[] = [];
    for (const reached of [since + window, since + 2 * window]) {
      if (at < reached) break;
      const open = this.ladder.isOpen(kind);
      events.push(
        ...(open ? this.ladder.grow(kind, reached, null) : this.ladder.begin(kind, since, reached, null)),
      );
      if (events.every(({ type }) => type !== 'notice')) continue;
      this.since.delete(kind);
      return [...events, ...this.ladder.end(kind, reached)];
    }
    return events;
  }
}
