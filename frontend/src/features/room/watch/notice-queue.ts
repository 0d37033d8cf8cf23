import { isProblem } from '@/api/problem';
import type { NewNotice, Notice } from '@/api/types';
import { keepInTab, readFromTab } from '@/lib/tab-memory';

/** One notice as it is shown: at once, whether or not the server has heard of it yet. */
export interface ShownNotice {
  id: string;
  notice: NewNotice;
  /** The server's own copy, once it has one: with the reason in its words and the reply. */
  kept: Notice | null;
  /** `refused` will never be taken: it is shown, and says that it is not kept. */
  state: 'waiting' | 'kept' | 'refused';
}

type Send = (id: string, notice: NewNotice) => Promise<Notice>;

interface Options {
  place: string;
  send: Send;
  onChange: (notices: readonly ShownNotice[]) => void;
}

const firstDelay = 2000;
const longestDelay = 30_000;

/** Where the unsent notices of one interview lie in the tab. */
export function noticePlace(interviewId: string): string {
  return `ik-notices-${interviewId}`;
}

/** Tells the server of notices one by one, in order, as long as it takes; what is unsent survives a reload of the page. */
export class NoticeQueue {
  #shown: ShownNotice[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #delay = firstDelay;
  #busy = false;
  #ended = false;
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
    this.#shown = unsentNotices(options.place).map(({ id, notice }) => ({
      id,
      notice,
      kept: null,
      state: 'waiting',
    }));
    if (this.#shown.length > 0) {
      this.#publish();
      void this.flush();
    }
  }

  /** Tells of a notice. The same id again only lets it last longer. */
  put(id: string, notice: NewNotice): void {
    if (this.#shown.every((shown) => shown.id !== id)) {
      this.#shown = [...this.#shown, { id, notice, kept: null, state: 'waiting' }];
      this.#publish();
    } else if (notice.duration_s > (this.#find(id)?.notice.duration_s ?? Infinity)) {
      this.#change(id, (shown) =>
        shown.state === 'refused'
          ? shown
          : { ...shown, notice: { ...shown.notice, duration_s: notice.duration_s }, state: 'waiting' },
      );
    }
    void this.flush();
  }

  /** Shows again what the server has already, so that something can be done with it. */
  restore(kept: Notice): void {
    if (this.#find(kept.id) !== undefined) return;
    const { id, kind, question_id, started_at, duration_s, confidence } = kept;
    const notice = { kind, question_id, started_at, duration_s, confidence };
    this.#shown = [{ id, notice, kept, state: 'kept' }, ...this.#shown];
    this.#publish();
  }

  /** The server's copy after a reply. */
  replace(kept: Notice): void {
    this.#change(kept.id, (shown) => ({ ...shown, kept }));
  }

  async flush(): Promise<void> {
    if (this.#busy || this.#ended) return;
    this.#busy = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    try {
      for (let next = this.#next(); next !== undefined; next = this.#next())
        if (!(await this.#deliver(next))) break;
    } finally {
      this.#busy = false;
    }
  }

  end(): void {
    this.#ended = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #find(id: string): ShownNotice | undefined {
    return this.#shown.find((shown) => shown.id === id);
  }

  #next(): ShownNotice | undefined {
    return this.#ended ? undefined : this.#shown.find(({ state }) => state === 'waiting');
  }

  async #deliver({ id, notice }: ShownNotice): Promise<boolean> {
    try {
      const kept = await this.#options.send(id, notice);
      this.#delay = firstDelay;
      // It may have grown while it was under way; then it goes once more.
      this.#change(id, (shown) => ({
        ...shown,
        kept,
        state: shown.notice.duration_s > notice.duration_s ? 'waiting' : 'kept',
      }));
      return true;
    } catch (error) {
      if (isProblem(error) && !error.passing && error.type !== 'session-expired') {
        this.#change(id, (shown) => ({ ...shown, state: 'refused' }));
        return true;
      }
      if (!this.#ended) this.#timer = setTimeout(() => void this.flush(), this.#delay);
      this.#delay = Math.min(this.#delay * 2, longestDelay);
      return false;
    }
  }

  #change(id: string, change: (shown: ShownNotice) => ShownNotice): void {
    this.#shown = this.#shown.map((shown) => (shown.id === id ? change(shown) : shown));
    this.#publish();
  }

  #publish(): void {
    // Somebody else has taken over what lies in the tab.
    if (this.#ended) return;
    const unsent = this.#shown.filter(({ state }) => state === 'waiting');
    keepUnsent(this.#options.place, unsent);
    this.#options.onChange(this.#shown);
  }
}

function keepUnsent(place: string, unsent: readonly ShownNotice[]): void {
  keepInTab(place, unsent.length === 0 ? null : unsent.map(({ id, notice }) => ({ id, notice })));
}

/** What an earlier page, or a room that was left, could not tell. */
export function unsentNotices(place: string): Pick<ShownNotice, 'id' | 'notice'>[] {
  return (readFromTab(place) as Pick<ShownNotice, 'id' | 'notice'>[] | null) ?? [];
}
