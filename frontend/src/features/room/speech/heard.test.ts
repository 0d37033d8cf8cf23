import { expect, test } from 'vitest';

import { heardOf } from './heard';

const nothing = { on_device: '', server: '', browser: '', none: '' };

test('an answer that was only typed was not heard', () => {
  expect(heardOf({ speech: [] }, nothing, null)).toBeNull();
});

test('what the browser heard is told, what was heard before a reload first', () => {
  expect(
    heardOf({ speech: [] }, { ...nothing, browser: 'then this' }, { engine: 'browser', text: 'first that' }),
  ).toEqual({
    engine: 'browser',
    text: 'first that then this',
  });
  expect(heardOf({ speech: [] }, nothing, { engine: 'on_device', text: 'first that' })).toEqual({
    engine: 'on_device',
    text: 'first that',
  });
});

test('the server knows itself what it heard, also after a reload', () => {
  expect(heardOf({ speech: [] }, { ...nothing, server: 'words' }, null)).toEqual({
    engine: 'server',
    text: null,
  });
  const part = {
    take: 't',
    seq: 0,
    status: 'done',
    text: 'words',
    reason: null,
    retriable: false,
    offset_ms: 0,
    duration_ms: 9,
  } as const;
  expect(heardOf({ speech: [part] }, nothing, null)).toEqual({ engine: 'server', text: null });
});
