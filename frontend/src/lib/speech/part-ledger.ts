import { joined } from './spoken-text';
import type { MissingPart, SpeechPart, SpokenSegment } from './types';

interface Entry {
  take: string;
  seq: number;
  offsetMs: number;
  durationMs: number;
  /** `unsent` is here only; `sent` is with the server. */
  status: 'unsent' | 'sent' | 'done' | 'failed' | 'dropped';
  text: string;
  reason: string | null;
  onServer: boolean;
  /** Its words were given out. */
  given: boolean;
  /** It had failed when later parts were given out: should its words come after all, they come late. */
  passed: boolean;
  dismissed: boolean;
}

const key = (take: string, seq: number) => `${take}/${seq}`;

/**
 * Keeps the parts of what was said in the order they were said, whatever order their words arrive in. A part's words
 * are given out once, and only after those before it have come or are known not to come. Pure: it asks nobody and waits for nothing.
 */
export class PartLedger {
  private readonly entries: Entry[] = [];
  private readonly byKey = new Map<string, Entry>();
  private readonly given = new Set<string>();

  /** `before` are the parts whose words an earlier page of this tab has given out already, per take of this tab. */
  constructor(before: Readonly<Record<string, readonly number[]>> = {}) {
    for (const [take, seqs] of Object.entries(before)) {
      this.takes.add(take);
      for (const seq of seqs) this.given.add(key(take, seq));
    }
  }

  private readonly takes = new Set<string>();

  /** A take begins here. Parts of other people's takes (another tab) are none of ours. */
  begin(take: string): void {
    this.takes.add(take);
  }

  /** A part was recorded and is to be sent. */
  add(take: string, seq: number, offsetMs: number, durationMs: number): void {
    this.entry(take, seq, offsetMs, durationMs);
  }

  /** The server tells of a part. The same news twice, or old news, changes nothing. */
  hear(part: SpeechPart): void {
    if (!this.takes.has(part.take)) return;
    const entry = this.entry(part.take, part.seq, part.offset_ms, part.duration_ms);
    entry.onServer = true;
    if (entry.status === 'done' || entry.status === 'dropped') return;
    switch (part.status) {
      case 'done':
        entry.status = 'done';
        entry.text = part.text?.trim() ?? '';
        return;
      case 'failed':
      case 'dropped':
        entry.status = part.status;
        entry.reason = part.reason;
        return;
      default:
        entry.status = 'sent';
    }
  }

  /** The part will never be sent: refused, or nobody to send it to. */
  refuse(take: string, seq: number, reason: string | null): void {
    const entry = this.byKey.get(key(take, seq));
    if (entry?.status !== 'unsent') return;
    entry.status = 'failed';
    entry.reason = reason;
  }

  /** The part shall not be sent any more, and nobody misses it. */
  drop(take: string, seq: number): void {
    const entry = this.byKey.get(key(take, seq));
    if (entry?.status === 'unsent') entry.status = 'dropped';
  }

  dismiss(take: string, seq: number): void {
    const entry = this.byKey.get(key(take, seq));
    if (entry !== undefined) entry.dismissed = true;
  }

  /** Words that may be given out now, each once, in the order they were said; those that come late know their neighbours. */
  give(): SpokenSegment[] {
    const segments: SpokenSegment[] = [];
    for (const [at, entry] of this.entries.entries()) {
      const waiting = entry.status === 'unsent' || entry.status === 'sent';
      if (waiting && !entry.passed) break;
      if (waiting || entry.given) continue;
      if (entry.status === 'failed') entry.passed = true;
      if (entry.status !== 'done') continue;
      entry.given = true;
      this.given.add(key(entry.take, entry.seq));
      if (entry.text === '') continue;
      const later = this.entries.slice(at + 1).find(({ given, text }) => given && text !== '');
      const earlier = this.entries.slice(0, at).findLast(({ given, text }) => given && text !== '');
      segments.push({
        id: key(entry.take, entry.seq),
        text: entry.text,
        engine: 'server',
        before: later === undefined ? null : (earlier?.text ?? null),
        after: later?.text ?? null,
      });
    }
    return segments;
  }

  get pending(): number {
    return this.count('unsent') + this.count('sent');
  }

  get unsent(): number {
    return this.count('unsent');
  }

  get missing(): MissingPart[] {
    return this.entries
      .filter(({ status, dismissed }) => status === 'failed' && !dismissed)
      .map(({ take, seq, offsetMs, durationMs, reason, onServer }) => ({
        take,
        seq,
        offsetMs,
        durationMs,
        reason,
        mark: '[part not written down]',
        onServer,
      }));
  }

  /** Everything that was written down so far, in order. */
  get heard(): string {
    return this.entries.reduce(
      (text, entry) => (entry.status === 'done' ? joined(text, entry.text) : text),
      '',
    );
  }

  /** For the next page of this tab: its takes, and which parts of them were given out. */
  toRemember(): Record<string, number[]> {
    const takes = Object.fromEntries(Array.from(this.takes, (take): [string, number[]] => [take, []]));
    for (const part of this.given) {
      const slash = part.lastIndexOf('/');
      takes[part.slice(0, slash)]?.push(Number(part.slice(slash + 1)));
    }
    return takes;
  }

  private count(status: Entry['status']): number {
    return this.entries.filter((entry) => entry.status === status).length;
  }

  private entry(take: string, seq: number, offsetMs: number, durationMs: number): Entry {
    const known = this.byKey.get(key(take, seq));
    if (known !== undefined) return known;
    const entry: Entry = {
      take,
      seq,
      offsetMs,
      durationMs,
      status: 'unsent',
      text: '',
      reason: null,
      onServer: false,
      given: this.given.has(key(take, seq)),
      passed: false,
      dismissed: false,
    };
    this.byKey.set(key(take, seq), entry);
    // Takes in the order they began, parts in the order they were said.
    const order = [...this.takes];
    const rank = order.indexOf(take);
    const at = this.entries.findIndex((other) => {
      const theirs = order.indexOf(other.take);
      return theirs > rank || (theirs === rank && other.seq > seq);
    });
    if (at < 0) this.entries.push(entry);
    else this.entries.splice(at, 0, entry);
    return entry;
  }
}
