import { afterEach, expect, test, vi } from 'vitest';

import { PageWatch } from './page-watch';
import type { PageEvent } from './types';

const watches: PageWatch[] = [];

function begin() {
  const heard: PageEvent[] = [];
  const watch = new PageWatch((event) => heard.push(event));
  watches.push(watch);
  watch.start();
  return { heard, watch, types: () => heard.map((event) => event.type) };
}

afterEach(() => {
  for (const watch of watches.splice(0)) watch.stop();
  vi.unstubAllGlobals();
});

test('hears the page hide and come back, and the window lose and find its focus', () => {
  const { types } = begin();
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  document.dispatchEvent(new Event('visibilitychange'));
  hidden.mockReturnValue(false);
  document.dispatchEvent(new Event('visibilitychange'));
  window.dispatchEvent(new Event('blur'));
  window.dispatchEvent(new Event('focus'));
  expect(types()).toEqual(['hidden', 'shown', 'blurred', 'focused']);
});

test('takes the length of a paste and nothing of what was pasted', () => {
  const { heard } = begin();
  const field = document.body.appendChild(document.createElement('textarea'));
  field.addEventListener('paste', (event) => event.stopPropagation());
  const paste = Object.assign(new Event('paste', { bubbles: true }), {
    clipboardData: { getData: () => 'the words of somebody' },
  });
  field.dispatchEvent(paste);
  expect(heard).toEqual([{ type: 'paste', at: expect.any(Number) as number, length: 21 }]);
  expect(JSON.stringify(heard)).not.toContain('words');
  field.remove();
});

test('a paste that does not matter is none', () => {
  const heard: PageEvent[] = [];
  const watch = new PageWatch(
    (event) => heard.push(event),
    (target) => target === document.body,
  );
  watches.push(watch);
  watch.start();
  const paste = () => Object.assign(new Event('paste'), { clipboardData: { getData: () => 'abc' } });
  document.dispatchEvent(paste());
  expect(heard).toEqual([]);
  document.body.dispatchEvent(paste());
  expect(heard).toHaveLength(1);
});

test('says full screen only when it changes', () => {
  let element: Element | null = document.body;
  Object.defineProperty(document, 'fullscreenElement', { configurable: true, get: () => element });
  const { types } = begin();
  document.dispatchEvent(new Event('fullscreenchange'));
  element = null;
  document.dispatchEvent(new Event('fullscreenchange'));
  element = document.body;
  document.dispatchEvent(new Event('fullscreenchange'));
  expect(types()).toEqual(['fullscreen_left', 'fullscreen_entered']);
});

test('says a second screen that is there at once, and when it goes', () => {
  const screen = Object.assign(new EventTarget(), { isExtended: true });
  vi.stubGlobal('screen', screen);
  const { heard } = begin();
  expect(heard).toMatchObject([{ type: 'second_screen', present: true }]);
  screen.isExtended = false;
  screen.dispatchEvent(new Event('change'));
  expect(heard[1]).toMatchObject({ type: 'second_screen', present: false });
});

test('claims no second screen where the browser does not tell', () => {
  expect(begin().heard).toEqual([]);
});

test('hears nothing after the end', () => {
  const { watch, heard } = begin();
  watch.stop();
  window.dispatchEvent(new Event('blur'));
  document.dispatchEvent(new Event('visibilitychange'));
  expect(heard).toEqual([]);
});
