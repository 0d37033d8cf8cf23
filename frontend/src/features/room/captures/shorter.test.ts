import { expect, test } from 'vitest';

import { shorter } from './shorter';

test('cuts after whole sentences and loses nothing', () => {
  const text = 'It goes to Google’s service. It is kept 30 days. You can withdraw.';
  expect(shorter(text, 2)).toEqual({
    first: 'It goes to Google’s service. It is kept 30 days.',
    rest: 'You can withdraw.',
  });
  expect(shorter(text, 9)).toEqual({ first: text, rest: '' });
  expect(shorter('no full stop', 1)).toEqual({ first: 'no full stop', rest: '' });
  expect(shorter('Version 1.5 is kept. Then not.', 1).first).toBe('Version 1.5 is kept.');
});
