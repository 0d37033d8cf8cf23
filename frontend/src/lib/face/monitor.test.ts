import { expect, test } from 'vitest';

import { Monitor } from './monitor';
import { defaultRules, type MonitorEvent, type MonitorMemory, type NoticeKind, type Sample } from './types';

const start = 1_700_000_000_000;
const pace = 333;
const clear: Omit<Sample, 'at'> = {
  faces: 1,
  doubtful: 0,
  yaw: 2,
  pitch: 7,
  confidence: 0.9,
  size: 0.5,
  cut: false,
  expression: null,
  brightness: 0.4,
  tookMs: 50,
};
const nobody = { faces: 0, yaw: null, pitch: null, confidence: null, size: null };
const behindHand = { ...nobody, doubtful: 1, confidence: 0.5 };
const away = { yaw: 16 };

/** A monitor and a camera that says the same thing for a while. */
class Story {
  now = start;
  events: MonitorEvent[] = [];
  monitor: Monitor;
  private ticked = 0;

  constructor(memory?: MonitorMemory, now = start) {
    this.now = now;
    this.monitor = new Monitor({ ...defaultRules }, now, memory);
  }

  shows(seconds: number, what: Partial<Sample> = {}, every = pace): this {
    for (const end = this.now + seconds * 1000; this.now < end; this.now += every) {
      this.events.push(...this.monitor.sample({ ...clear, ...what, at: this.now }));
      this.tick();
    }
    return this;
  }

  /** One sample that says otherwise. */
  flickers(what: Partial<Sample> = {}): this {
    return this.shows(0.3, what);
  }

  /** Time goes by without a picture. */
  waits(seconds: number): this {
    for (const end = this.now + seconds * 1000; this.now < end; this.now += pace) this.tick();
    return this;
  }

  page(type: 'hidden' | 'shown' | 'blurred' | 'focused' | 'fullscreen_left' | 'fullscreen_entered'): this {
    this.events.push(...this.monitor.page({ type, at: this.now }));
    return this;
  }

  pastes(length: number): this {
    this.events.push(...this.monitor.page({ type: 'paste', at: this.now, length }));
    return this;
  }

  get said(): string[] {
    return this.events.flatMap((event) => {
      if (event.type === 'state') return [];
      if (event.type === 'notice') return [`${event.phase} ${event.notice.kind}`];
      return [`${event.type} ${event.kind}`];
    });
  }

  get states(): string[] {
    return this.events.flatMap((event) => {
      if (event.type !== 'state') return [];
      return [event.state.name === 'could_not_tell' ? event.state.reason : event.state.name];
    });
  }

  notices(kind: NoticeKind) {
    return this.events.flatMap((event) =>
      event.type === 'notice' && event.notice.kind === kind ? [event] : [],
    );
  }

  private tick(): void {
    if (this.now - this.ticked < 1000) return;
    this.ticked = this.now;
    this.events.push(...this.monitor.tick(this.now));
  }
}

/** One that knows where the head rests. */
function learnt(): Story {
  const story = new Story().shows(21);
  story.events = [];
  return story;
}

test('learns a baseline, then watches', () => {
  const story = new Story().shows(19);
  expect(story.states).toEqual(['learning']);
  story.shows(2);
  expect(story.states).toEqual(['learning', 'watching']);
  expect(story.monitor.baseline).toMatchObject({ yaw: 2, pitch: 7 });
  expect(story.said).toEqual([]);
});

test('accepts no baseline while the face is missing, and says that it cannot tell', () => {
  const story = new Story().shows(10).shows(11, nobody);
  expect(story.monitor.baseline).toBeNull();
  expect(story.monitor.state).toMatchObject({ name: 'could_not_tell', reason: 'no_baseline' });
  story.shows(16);
  expect(story.monitor.state.name).toBe('watching');
});

test('accepts no baseline from a head that never rests', () => {
  const story = new Story();
  for (let turn = 0; turn < 8; turn += 1) story.shows(1.6, { yaw: -14 }).shows(1.6, { yaw: 14 });
  expect(story.monitor.baseline).toBeNull();
  expect(story.states.at(-1)).toBe('no_baseline');
  expect(story.said).toEqual([]);
});

test('a seat beside the camera is a baseline too', () => {
  const story = new Story().shows(22, { yaw: 25 });
  expect(story.monitor.baseline?.yaw).toBe(25);
  expect(story.shows(20, { yaw: 25 }).said).toEqual([]);
  expect(story.shows(6, { yaw: 0 }).said).toEqual(['warning looking_away']);
});

test('nobody for four seconds is a warning the first time, and less is nothing', () => {
  expect(learnt().shows(3.5, nobody).shows(3).said).toEqual([]);
  const story = learnt().shows(5, nobody);
  expect(story.said).toEqual(['warning no_face']);
  expect(story.shows(2).said).toEqual(['warning no_face', 'over no_face']);
  expect(story.notices('no_face')).toEqual([]);
});

test('the second time is a notice from its first second on', () => {
  const story = learnt().shows(5, nobody).shows(10);
  const leaves = story.now;
  story.shows(6, nobody).shows(2);
  const [begin, ...rest] = story.notices('no_face');
  expect(begin?.phase).toBe('start');
  expect(begin?.notice).toMatchObject({ startedAt: leaves, confidence: 1 });
  expect(rest.at(-1)?.phase).toBe('end');
  expect(rest.at(-1)?.notice.durationS).toBeCloseTo(5.7, 0);
  expect(begin?.notice.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('one that lasts twice as long becomes a notice, which grows under one id and never shrinks', () => {
  const story = learnt().shows(26, nobody).shows(2);
  expect(story.said[0]).toBe('warning no_face');
  const notices = story.notices('no_face');
  expect(notices.map((event) => event.phase)).toEqual(['start', 'update', 'update', 'update', 'end']);
  expect(new Set(notices.map((event) => event.notice.id)).size).toBe(1);
  expect(new Set(notices.map((event) => event.notice.confidence)).size).toBe(1);
  const lengths = notices.map((event) => event.notice.durationS);
  expect(lengths).toEqual([...lengths].sort((one, other) => one - other));
});

test('one frame that says otherwise neither stops nor ends it, and lowers the confidence', () => {
  const story = learnt().shows(5, nobody).shows(5).shows(2, nobody).flickers().shows(3, nobody);
  const [begin] = story.notices('no_face');
  expect(begin?.notice.confidence).toBeLessThan(1);
  expect(begin?.notice.confidence).toBeGreaterThan(0.8);
  story.flickers().flickers().shows(1, nobody);
  expect(story.said.filter((words) => words === 'end no_face')).toEqual([]);
});

test('a second face for two seconds counts, with the confidence of the least sure', () => {
  const two = { faces: 2, confidence: 0.6 };
  const story = learnt().shows(1.5, two).shows(5);
  expect(story.said).toEqual([]);
  story.shows(2.5, two).shows(5).shows(2.5, two);
  expect(story.said).toEqual(['warning several_faces', 'over several_faces', 'start several_faces']);
  expect(story.notices('several_faces')[0]?.notice.confidence).toBe(0.6);
});

test('looking away counts after five seconds without one look back', () => {
  expect(learnt().shows(4.5, away).shows(5).said).toEqual([]);
  expect(learnt().shows(4, away).flickers().shows(4, away).said).toEqual([]);
  expect(learnt().shows(6, away).said).toEqual(['warning looking_away']);
  expect(learnt().shows(6, { yaw: -12 }).said).toEqual(['warning looking_away']);
  expect(learnt().shows(20, { yaw: 13 }).said).toEqual([]);
});

test('at a slow pace looking away needs its eight samples too', () => {
  expect(learnt().shows(7, away, 1000).said).toEqual([]);
  expect(learnt().shows(9, away, 1000).said).toEqual(['warning looking_away']);
});

test('trembling around the limit does not end it; coming back does', () => {
  const story = learnt().shows(6, away);
  for (let times = 0; times < 5; times += 1) story.shows(1.2, { yaw: 12 }).shows(1, { yaw: 15 });
  expect(story.said.filter((words) => words.startsWith('over'))).toEqual([]);
  expect(story.shows(2, { yaw: 8 }).said.at(-1)).toBe('over looking_away');
});

test('a glance at the keyboard is no looking away, a bent head is', () => {
  expect(learnt().shows(10, { pitch: -8 }).said).toEqual([]);
  expect(learnt().shows(6, { pitch: -14 }).said).toEqual(['warning looking_away']);
});

test('a hand before the face is "could not tell", never "no face"', () => {
  const story = learnt().shows(9, behindHand);
  expect(story.said).toEqual([]);
  expect(story.states).toEqual(['covered']);
  expect(story.shows(4, behindHand).said).toEqual(['warning could_not_tell']);
  expect(story.shows(3).states).toEqual(['covered', 'watching']);
});

test('a hand that ends up hiding the whole face is still a hand; nobody for long after it is nobody', () => {
  const story = learnt().shows(1, behindHand).shows(8, nobody);
  expect(story.said).toEqual([]);
  expect(story.states).toEqual(['covered']);
  story.shows(6, nobody);
  expect(story.said).toContain('warning no_face');
});

test('a hand that stays for long and then hides the whole face is believed from its last sight on', () => {
  const story = learnt().shows(9, behindHand).shows(9, nobody);
  expect(story.said.filter((words) => words.endsWith('no_face'))).toEqual([]);
  expect(story.states).toEqual(['covered']);
});

test('a face seen again makes the next disappearance one', () => {
  const story = learnt().shows(1, behindHand).shows(3).shows(5, nobody);
  expect(story.said).toEqual(['warning no_face']);
});

test.each([
  ['too_dark', { ...nobody, brightness: 0.02 }],
  ['unsure', { confidence: 0.4 }],
  ['too_small', { size: 0.08 }],
  ['cut_off', { cut: true }],
])('%s is a state of its own', (reason, what) => {
  const story = learnt().shows(12, what);
  expect(story.states).toEqual([reason]);
  expect(story.said).toEqual(['warning could_not_tell']);
});

test('a face found in the dark is a face', () => {
  const story = learnt().shows(12, { brightness: 0.03 });
  expect([...story.said, ...story.states]).toEqual([]);
});

test('silence is off since the last sample, and coming back ends it', () => {
  const story = learnt();
  const last = story.now - pace;
  story.waits(5);
  expect(story.monitor.state).toEqual({ name: 'off', since: last });
  expect(story.said).toEqual([]);
  story.waits(7);
  expect(story.said).toEqual(['warning monitoring_off']);
  story.shows(1);
  expect(story.said).toEqual(['warning monitoring_off', 'over monitoring_off']);
  expect(story.monitor.state.name).toBe('watching');
});

test('twenty seconds of silence are a notice', () => {
  const story = learnt().waits(23).shows(1);
  expect(story.notices('monitoring_off').map((event) => event.phase)).toEqual(['start', 'end']);
  expect(story.notices('monitoring_off').at(-1)?.notice.durationS).toBeGreaterThan(22);
});

test('a machine that needs seconds for a frame is slow, not off', () => {
  const story = new Story();
  for (let frames = 0; frames < 15; frames += 1) story.shows(0.3, { tookMs: 2000 }).waits(3.7);
  expect(story.states).not.toContain('off');
  expect(story.said).toEqual([]);
});

test('time that nobody watched is not bridged', () => {
  const story = learnt().shows(3, nobody).waits(4).shows(3, nobody);
  expect(story.said).toEqual([]);
});

test('a broken client is off at once, and ends what was going on', () => {
  const story = learnt().shows(9, nobody);
  story.events.push(
    ...story.monitor.client({ name: 'off', since: story.now, reason: 'camera', retryAt: null }),
  );
  expect(story.said.slice(-2)).toEqual(['end no_face', 'over no_face']);
  expect(story.states.at(-1)).toBe('off');
});

test('slow loading is nobody’s doing', () => {
  const story = new Story().waits(60);
  expect(story.said).toEqual([]);
});

test('a page hidden for two seconds counts, also when timers slept', () => {
  const story = learnt().page('hidden').waits(1).page('shown');
  expect(story.said).toEqual([]);
  story.page('hidden');
  story.now += 10_000;
  story.page('shown').shows(1);
  expect(story.said).toEqual([
    'warning page_hidden',
    'start page_hidden',
    'end page_hidden',
    'over page_hidden',
  ]);
});

test('a hidden page is neither a gap nor a second notice for its focus', () => {
  const story = learnt().page('blurred').page('hidden').waits(30).page('shown').page('focused').shows(3);
  expect(new Set(story.said.map((words) => words.split(' ')[1]))).toEqual(new Set(['page_hidden']));
});

test('frames that slept with the page are no gap when it is back before they are', () => {
  const story = learnt().page('hidden');
  story.now += 45_000;
  story.page('shown').waits(1.5).shows(3);
  expect(new Set(story.said.map((words) => words.split(' ')[1]))).toEqual(new Set(['page_hidden']));
  expect(story.states).toEqual([]);
  story.waits(12);
  expect(story.said.at(-1)).toBe('warning monitoring_off');
});

test('a window behind another counts, and once only after the page came back without focus', () => {
  const story = learnt().page('blurred').shows(3).page('focused');
  expect(story.said).toEqual(['warning window_blur', 'over window_blur']);
  story.page('hidden').shows(1).page('shown').shows(3).page('focused');
  expect(story.said).toHaveLength(2);
  story.page('blurred').page('hidden').shows(1).page('shown').shows(3).page('focused');
  expect(story.said.slice(2)).toEqual(['start window_blur', 'end window_blur', 'over window_blur']);
});

test('a paste is a word with its length, the next a notice without a duration', () => {
  const story = learnt().pastes(26);
  expect(story.events[0]).toMatchObject({ type: 'warning', kind: 'paste', length: 26 });
  story.pastes(400);
  expect(story.notices('paste').map((event) => event.phase)).toEqual(['start', 'end']);
  expect(story.notices('paste')[0]?.notice).toMatchObject({ durationS: 0, confidence: null });
});

test('leaving full screen for long counts, and is then over, however long the window stays a window', () => {
  const story = learnt().page('fullscreen_left').shows(3).page('fullscreen_entered');
  expect(story.said).toEqual([]);
  expect(story.page('fullscreen_left').shows(60).said).toEqual([
    'warning fullscreen_exit',
    'start fullscreen_exit',
    'end fullscreen_exit',
    'over fullscreen_exit',
  ]);
  const told = story.notices('fullscreen_exit');
  expect(told.map(({ notice }) => notice.durationS)).toEqual([10, 10]);
  expect(story.page('fullscreen_entered').shows(5).notices('fullscreen_exit')).toEqual(told);
});

test('a second leaving of full screen is noted at once', () => {
  const story = learnt().page('fullscreen_left').shows(6).page('fullscreen_entered');
  story.page('fullscreen_left').shows(600).page('fullscreen_entered');
  const notices = story.notices('fullscreen_exit');
  expect(notices.map(({ phase }) => phase)).toEqual(['start', 'end']);
  expect(notices.map(({ notice }) => notice.durationS)).toEqual([
    defaultRules.fullscreenExitS,
    defaultRules.fullscreenExitS,
  ]);
});

test('a second screen is said once and then noticed', () => {
  const story = learnt();
  story.events.push(...story.monitor.page({ type: 'second_screen', at: story.now, present: true }));
  expect(story.shows(12).said).toEqual(['warning second_screen', 'start second_screen']);
});

test('what lasts for an hour is not told seven hundred times', () => {
  const story = learnt();
  story.events.push(...story.monitor.page({ type: 'second_screen', at: story.now, present: true }));
  story.waits(3600);
  const told = story.notices('second_screen');
  expect(told.length).toBeLessThan(30);
  expect(told.at(-1)?.notice.durationS).toBeGreaterThan(0.75 * 3600);
});

test('a refresh keeps the ladder, ends what was open as last seen, and keeps the baseline', () => {
  const before = learnt().shows(5, nobody).shows(5).shows(6, nobody);
  const [open] = before.notices('no_face');
  const memory = JSON.parse(JSON.stringify(before.monitor.memory())) as MonitorMemory;
  const after = new Story(memory, before.now + 4000).shows(1);
  expect(after.said).toEqual(['end no_face', 'over no_face']);
  expect(after.notices('no_face')[0]?.notice).toMatchObject({ id: open?.notice.id, durationS: 6 });
  expect(after.states).toEqual(['watching']);
  expect(after.shows(5, nobody).said.at(-1)).toBe('start no_face');
});

test('a long absence of the page itself counts as not watched', () => {
  const before = learnt();
  const after = new Story(before.monitor.memory(), before.now + 90_000).shows(1);
  expect(after.said).toEqual([
    'warning monitoring_off',
    'start monitoring_off',
    'end monitoring_off',
    'over monitoring_off',
  ]);
  expect(after.states).toEqual(['learning']);
});

test('after an orderly stop nothing is seen and nothing is a gap', () => {
  const story = learnt().shows(9, nobody);
  story.events.push(...story.monitor.stop(story.now));
  expect(story.said.slice(-2)).toEqual(['end no_face', 'over no_face']);
  const said = story.said.length;
  story.shows(10, nobody).page('hidden').waits(20).pastes(3);
  expect(story.said).toHaveLength(said);
  expect(new Story(story.monitor.memory(), story.now + 900_000).shows(1).said).toEqual([]);
});

test('kinds climb their ladders apart', () => {
  const story = learnt().shows(5, nobody).shows(3).shows(3, { faces: 2 }).shows(3).shows(6, away);
  expect(story.said.filter((words) => words.startsWith('start'))).toEqual([]);
});
