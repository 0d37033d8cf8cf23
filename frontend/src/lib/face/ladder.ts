import type {
  FaceNotice,
  LadderState,
  MonitorEvent,
  MonitorRules,
  NoticeKind,
  Occurrence,
  Rung,
} from './types';
import { uuid } from './uuid';

/**
 * A notice that is going on says its new length after so many seconds, and, the longer it goes on, more rarely: each time
 * by a quarter. A second screen is there for the whole interview.
 */
const sayEvery = 5;
const sayGrown = 0.25;

/** How long something of this kind must last to count at all; zero for what only happens. */
export function windowOf(kind: NoticeKind, rules: MonitorRules): number {
  const windows: Record<NoticeKind, number> = {
    no_face: rules.noFaceS,
    several_faces: rules.severalFacesS,
    looking_away: rules.lookingAwayS,
    could_not_tell: rules.couldNotTellS,
    monitoring_off: rules.monitoringOffS,
    page_hidden: rules.pageHiddenS,
    window_blur: rules.pageHiddenS,
    paste: 0,
    fullscreen_exit: rules.fullscreenExitS,
    second_screen: rules.secondScreenS,
  };
  return windows[kind];
}

/**
 * The first time a kind of thing happens it is a word on the screen. The second time, or when it lasts twice as long as it
 * takes to count, it is a notice. The state is plain JSON, so that a refresh does not start the ladder anew.
 */
export class Ladder {
  readonly state: LadderState;

  constructor(
    private readonly rules: MonitorRules,
    state: LadderState = {},
  ) {
    this.state = structuredClone(state);
  }

  isOpen(kind: NoticeKind): boolean {
    return Boolean(this.state[kind]?.open);
  }

  /** Something counts now. `confidence` is said once and stays: later only the duration may grow. */
  begin(
    kind: NoticeKind,
    startedAt: number,
    at: number,
    confidence: number | null,
    length?: number,
  ): MonitorEvent[] {
    const rung = this.rung(kind);
    rung.times += 1;
    rung.open = { startedAt, lastAt: at, confidence, noticeId: null, saidS: 0 };
    if (rung.times > 1) return [this.notice(kind, rung.open)];
    const warning: MonitorEvent = { type: 'warning', kind, at, startedAt };
    return [length === undefined ? warning : { ...warning, length }];
  }

  /** It goes on. */
  grow(kind: NoticeKind, at: number, confidence: number | null): MonitorEvent[] {
    const open = this.state[kind]?.open;
    if (!open) return [];
    open.lastAt = Math.max(open.lastAt, at);
    if (open.noticeId === null) {
      open.confidence = confidence;
      const twice = 2 * windowOf(kind, this.rules);
      return twice > 0 && seconds(open) >= twice ? [this.notice(kind, open)] : [];
    }
    if (seconds(open) - open.saidS < Math.max(sayEvery, open.saidS * sayGrown)) return [];
    return [this.say('update', kind, open, open.noticeId)];
  }

  /** It is over. `at` is when it was last so. */
  end(kind: NoticeKind, at: number): MonitorEvent[] {
    const rung = this.rung(kind);
    const { open } = rung;
    if (!open) return [];
    const events = at > open.lastAt ? this.grow(kind, at, open.confidence) : [];
    rung.open = null;
    if (open.noticeId !== null) events.push(this.say('end', kind, open, open.noticeId));
    return [...events, { type: 'over', kind, at: open.lastAt }];
  }

  /** Everything is over, as last seen: after a refresh, or in the end. */
  endAll(): MonitorEvent[] {
    const kinds = Object.keys(this.state) as NoticeKind[];
    return kinds.flatMap((kind) => this.end(kind, this.state[kind]?.open?.lastAt ?? 0));
  }

  private rung(kind: NoticeKind): Rung {
    return (this.state[kind] ??= { times: 0, open: null });
  }

  private notice(kind: NoticeKind, open: Occurrence): MonitorEvent {
    open.noticeId = uuid();
    return this.say('start', kind, open, open.noticeId);
  }

  private say(
    phase: 'start' | 'update' | 'end',
    kind: NoticeKind,
    open: Occurrence,
    id: string,
  ): MonitorEvent {
    open.saidS = seconds(open);
    const confidence = open.confidence === null ? null : Math.round(open.confidence * 100) / 100;
    const notice: FaceNotice = { id, kind, startedAt: open.startedAt, durationS: open.saidS, confidence };
    return { type: 'notice', phase, notice };
  }
}

function seconds(open: Occurrence): number {
  return Math.round((open.lastAt - open.startedAt) / 100) / 10;
}
