import { expect, test, vi } from 'vitest';

import { AutoEnd } from './auto-end';

function begin(after: number | null) {
  const ended = vi.fn<() => void>();
  const auto = new AutoEnd(ended);
  auto.configure(after);
  let now = 0;
  let silent = 0;
  /** A quarter of a second after the other. */
  const pass = (seconds: number, speaking: boolean) => {
    let state = auto.tick(now, speaking, silent);
    for (let tick = 0; tick < seconds * 4; tick += 1) {
      now += 0.25;
      silent = speaking ? 0 : silent + 0.25;
      state = auto.tick(now, speaking, silent);
    }
    return state;
  };
  return { auto, ended, speak: (s: number) => pass(s, true), hush: (s: number) => pass(s, false) };
}

test('it is off unless asked for', () => {
  const { ended, speak, hush } = begin(null);
  speak(2);
  expect(hush(600)).toEqual({ phase: 'off', secondsLeft: null });
  expect(ended).not.toHaveBeenCalled();
});

test('after silence it counts down, then ends once', () => {
  const { ended, speak, hush } = begin(6);
  speak(3);
  expect(hush(5.75)).toEqual({ phase: 'waiting', secondsLeft: null });
  expect(hush(0.25)).toEqual({ phase: 'counting', secondsLeft: 5 });
  expect(hush(4)).toEqual({ phase: 'counting', secondsLeft: 1 });
  expect(ended).not.toHaveBeenCalled();
  expect(hush(60).phase).toBe('ended');
  expect(ended).toHaveBeenCalledOnce();
});

test('less than four seconds is not taken', () => {
  const { speak, hush } = begin(1);
  speak(1);
  expect(hush(3.75).phase).toBe('waiting');
  expect(hush(0.25).phase).toBe('counting');
});

test('silence before the first word ends nothing', () => {
  const { ended, hush } = begin(4);
  expect(hush(120).phase).toBe('waiting');
  expect(ended).not.toHaveBeenCalled();
});

test('a word calls the countdown off, silence brings it back', () => {
  const { ended, speak, hush } = begin(4);
  speak(1);
  expect(hush(7).phase).toBe('counting');
  expect(speak(0.5).phase).toBe('waiting');
  hush(8.5);
  expect(ended).not.toHaveBeenCalled();
  hush(1);
  expect(ended).toHaveBeenCalledOnce();
});

test('called off by hand it stays off until something more was said', () => {
  const { auto, ended, speak, hush } = begin(4);
  speak(1);
  hush(6);
  auto.callOff();
  expect(hush(300).phase).toBe('waiting');
  speak(1);
  hush(10);
  expect(ended).toHaveBeenCalledOnce();
});

test('thinking suspends it, and the countdown starts over afterwards', () => {
  const { auto, ended, speak, hush } = begin(4);
  speak(1);
  hush(6);
  auto.suspend(true);
  expect(hush(120).phase).toBe('waiting');
  auto.suspend(false);
  expect(hush(0.25)).toEqual({ phase: 'counting', secondsLeft: 5 });
  expect(ended).not.toHaveBeenCalled();
});
