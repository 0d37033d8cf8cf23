import type {
  FaceClientState,
  MonitorEvent,
  MonitorMemory,
  MonitorRules,
  MonitorState,
  PageEvent,
  Sample,
} from './types';

/**
 * Turns samples and page events into warnings, notices and a state. No DOM, no clock, no timers: the caller says what time
 * it is, calls `tick` about once a second, and hands every returned event to whoever shows or stores it.
 */
export class Monitor {
  state: MonitorState;

  /** `memory` is what `memory()` gave before a refresh. The state starts as `off` until the first sample. */
  constructor(_rules: MonitorRules, now: number, _memory?: MonitorMemory) {
    this.state = { name: 'off', since: now };
  }

  sample(_sample: Sample): MonitorEvent[] {
    throw new Error('not yet');
  }

  page(_event: PageEvent): MonitorEvent[] {
    throw new Error('not yet');
  }

  /** What FaceClient says about itself. */
  client(_state: FaceClientState): MonitorEvent[] {
    throw new Error('not yet');
  }

  tick(_now: number): MonitorEvent[] {
    throw new Error('not yet');
  }

  /** End in order: consent withdrawn, interview over. Open notices end; nothing counts as a gap afterwards. */
  stop(_now: number): MonitorEvent[] {
    throw new Error('not yet');
  }

  memory(): MonitorMemory {
    throw new Error('not yet');
  }
}
