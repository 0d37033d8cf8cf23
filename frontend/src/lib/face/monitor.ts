import { BaselineLearner } from './baseline';
import { Cover } from './cover';
import { Ladder } from './ladder';
import { PageConditions } from './page-conditions';
import { degreesFrom, read, type Reading } from './reading';
import { Sustained } from './sustained';
import type {
  Baseline,
  DoubtReason,
  FaceClientState,
  MonitorEvent,
  MonitorMemory,
  MonitorRules,
  MonitorState,
  PageEvent,
  Sample,
} from './types';

type Seen = 'no_face' | 'several_faces' | 'looking_away' | 'could_not_tell';

/** Looking away is over only when the head is clearly back, not when it trembles around the limit. */
const backAt = 0.75;
/** A doubt must last this long before the indicator says so. */
const doubtShowsS = 1;
/** A baseline outlives a refresh for this long; after that the chair may have moved. */
const baselineKept = 60_000;

/**
 * Turns samples and page events into warnings, notices and a state. No DOM, no clock, no timers: the caller says what time it
 * is, calls `tick` about once a second, and hands every returned event to whoever shows or stores it.
 *
 * A notice's confidence is the share of samples in its window that agree, times the detector's mean confidence in them (where
 * the detector found nothing, the share alone); null for what the page itself reports. It is an honest "how often did the
 * camera say so", not the probability that somebody did something.
 */
export class Monitor {
  state: MonitorState;
  baseline: Baseline | null;

  private readonly ladder: Ladder;
  private readonly page_: PageConditions;
  private readonly seen: Record<Seen, Sustained>;
  private readonly doubt: Sustained;
  private readonly cover = new Cover();
  private learner: BaselineLearner | null = null;
  private doubtReason: DoubtReason = 'unsure';
  private lastAt: number | null;
  private tookMs = 0;
  private stopped = false;
  private pending: MonitorEvent[] = [];

  /**
   * `memory` is what `memory()` gave before a refresh: its open notices end as last seen, and the time in between counts as
   * not watched. The state is `off` until the first sample.
   */
  constructor(
    private readonly rules: MonitorRules,
    now: number,
    memory?: MonitorMemory,
  ) {
    this.ladder = new Ladder(rules, memory?.ladder);
    this.page_ = new PageConditions(this.ladder, rules);
    this.lastAt = memory?.lastAt ?? null;
    this.state = { name: 'off', since: this.lastAt ?? now };
    this.pending = this.ladder.endAll();
    const kept = memory?.baseline;
    this.baseline = kept && this.lastAt !== null && now - this.lastAt < baselineKept ? kept : null;
    const longestGapMs = rules.longestGapS * 1000;
    const lasting = (seconds: number) => ({
      windowMs: seconds * 1000,
      samples: 3,
      forgiven: 1,
      longestGapMs,
    });
    this.doubt = new Sustained(lasting(doubtShowsS));
    this.seen = {
      no_face: new Sustained(lasting(rules.noFaceS)),
      several_faces: new Sustained(lasting(rules.severalFacesS)),
      looking_away: new Sustained({
        windowMs: rules.lookingAwayS * 1000,
        samples: rules.lookingAwaySamples,
        // Consecutive means consecutive: one look back and it begins anew.
        forgiven: 0,
        longestGapMs,
      }),
      could_not_tell: new Sustained(lasting(rules.couldNotTellS)),
    };
  }

  sample(sample: Sample): MonitorEvent[] {
    if (this.stopped) return [];
    const { at } = sample;
    const events = this.waiting();
    if (this.state.name === 'off') events.push(...this.comeBack(at));
    this.lastAt = at;
    this.tookMs = sample.tookMs;
    const reading = this.cover.read(at, read(sample));
    events.push(...this.learn(at, reading));
    events.push(...this.follow('no_face', at, reading.what === 'none', null));
    events.push(
      ...this.follow('several_faces', at, reading.what === 'several', confidenceOf(reading)),
      ...this.follow('looking_away', at, this.isAway(reading), confidenceOf(reading)),
      ...this.follow('could_not_tell', at, reading.what === 'doubt', null),
    );
    if (reading.what === 'doubt') this.doubtReason = reading.reason;
    this.doubt.add(at, reading.what === 'doubt', null);
    return [...events, ...this.become(this.stateAt(at))];
  }

  page(event: PageEvent): MonitorEvent[] {
    if (this.stopped) return [];
    const wasHidden = this.page_.hidden;
    const events = [...this.waiting(), ...this.page_.hear(event)];
    // Frames sleep with the page, for a minute at a time. That it was hidden is said; it is not a gap as well.
    if (wasHidden && event.type === 'shown' && this.state.name !== 'off') this.lastAt = event.at;
    return events;
  }

  /** What FaceClient says about itself. */
  client(state: FaceClientState): MonitorEvent[] {
    if (this.stopped || state.name !== 'off') return [];
    return [...this.waiting(), ...this.goOff(this.lastAt ?? state.since)];
  }

  tick(now: number): MonitorEvent[] {
    if (this.stopped) return [];
    const events = [...this.waiting(), ...this.page_.tick(now)];
    // A hidden page gets few frames or none; that it is hidden is said already.
    // A slow machine is not off either: it gets twice the time of a frame on top.
    const patience = this.rules.longestGapS * 1000 + 2 * this.tookMs;
    const lost = this.lastAt !== null && now - this.lastAt > patience && !this.page_.hidden;
    if (lost && this.state.name !== 'off') events.push(...this.goOff(this.lastAt ?? now));
    if (this.state.name === 'off') events.push(...this.countOff(now));
    return events;
  }

  /** End in order: consent withdrawn, interview over. Open notices end; nothing counts as a gap afterwards. */
  stop(now: number): MonitorEvent[] {
    if (this.stopped) return [];
    const events = [...this.waiting(), ...this.ladder.endAll(), ...this.become({ name: 'off', since: now })];
    this.stopped = true;
    this.lastAt = null;
    return events;
  }

  /** What the caller keeps over a refresh. */
  memory(): MonitorMemory {
    const { ladder, baseline, lastAt } = this;
    return { version: 1, ladder: structuredClone(ladder.state), baseline, lastAt };
  }

  private waiting(): MonitorEvent[] {
    return this.pending.splice(0);
  }

  private learn(at: number, reading: Reading): MonitorEvent[] {
    if (this.baseline) return [];
    this.learner ??= new BaselineLearner(at, this.rules.baselineS * 1000);
    this.baseline = this.learner.add(at, reading);
    if (this.baseline) this.learner = null;
    return [];
  }

  private isAway(reading: Reading): boolean {
    if (!this.baseline || reading.what !== 'face') return false;
    const open = this.seen.looking_away.startedAt !== null;
    const limit = this.rules.lookingAwayDegrees * (open ? backAt : 1);
    return degreesFrom(this.baseline, reading) > limit;
  }

  private follow(kind: Seen, at: number, agrees: boolean, confidence: number | null): MonitorEvent[] {
    const run = this.seen[kind];
    const change = run.add(at, agrees, confidence);
    if (change === 'began') return this.ladder.begin(kind, run.startedAt ?? at, at, run.confidence);
    if (change === 'goes on') return this.ladder.grow(kind, at, run.confidence);
    if (change === 'ended') return this.ladder.end(kind, this.ladder.state[kind]?.open?.lastAt ?? at);
    return [];
  }

  private stateAt(at: number): MonitorState {
    if (this.doubt.startedAt !== null) {
      return { name: 'could_not_tell', since: this.doubt.startedAt, reason: this.doubtReason };
    }
    if (this.baseline) return { name: 'watching', since: at };
    const until = this.learner?.until ?? at;
    return at < until
      ? { name: 'learning', since: until - this.rules.baselineS * 1000, until }
      : { name: 'could_not_tell', since: until, reason: 'no_baseline' };
  }

  /** Say a new state, but not the same one again with another time. */
  private become(state: MonitorState): MonitorEvent[] {
    const reason = (of: MonitorState) => (of.name === 'could_not_tell' ? of.reason : null);
    if (state.name === this.state.name && reason(state) === reason(this.state)) return [];
    this.state = state;
    return [{ type: 'state', state }];
  }

  private goOff(since: number): MonitorEvent[] {
    if (this.state.name === 'off') return [];
    const kinds = Object.keys(this.seen) as Seen[];
    const events = kinds.flatMap((kind) =>
      this.seen[kind].reset() === 'ended'
        ? this.ladder.end(kind, this.ladder.state[kind]?.open?.lastAt ?? since)
        : [],
    );
    this.doubt.reset();
    return [...events, ...this.become({ name: 'off', since })];
  }

  /** Time not watched counts only after something has been watched: loading the models is nobody's doing. */
  private countOff(now: number): MonitorEvent[] {
    const { since } = this.state;
    if (this.lastAt === null) return [];
    if (this.ladder.isOpen('monitoring_off')) return this.ladder.grow('monitoring_off', now, null);
    if (now - since < this.rules.monitoringOffS * 1000) return [];
    return [
      ...this.ladder.begin('monitoring_off', since, now, null),
      ...this.ladder.grow('monitoring_off', now, null),
    ];
  }

  private comeBack(at: number): MonitorEvent[] {
    return [...this.countOff(at), ...this.ladder.end('monitoring_off', at)];
  }
}

function confidenceOf(reading: Reading): number | null {
  return 'confidence' in reading ? reading.confidence : null;
}
