import type { LadderState, MonitorEvent, NoticeKind } from './types';

/** The first time a kind of thing happens it is a word; the second time, or one that lasts twice as long, a notice. */
export class Ladder {
  constructor(readonly state: LadderState = {}) {}

  begin(_kind: NoticeKind, _startedAt: number, _at: number, _confidence: number | null): MonitorEvent[] {
    throw new Error('not yet');
  }

  grow(_kind: NoticeKind, _at: number, _confidence: number | null): MonitorEvent[] {
    throw new Error('not yet');
  }

  end(_kind: NoticeKind, _at: number): MonitorEvent[] {
    throw new Error('not yet');
  }
}
