import { expect, test } from 'vitest';

import { addSpoken } from './spoken-text';

const said = (text: string, before: string | null = null, after: string | null = null) => ({
  text,
  before,
  after,
});

test('what was said goes to the end with one space, and nothing is invented', () => {
  expect(addSpoken('', said(' i began'))).toBe('i began');
  expect(addSpoken('I typed.', said('then i spoke'))).toBe('I typed. then i spoke');
  expect(addSpoken('I typed.\n', said('new line'))).toBe('I typed.\nnew line');
  expect(addSpoken('yes', said(', really'))).toBe('yes, really');
  expect(addSpoken('same', said('same'))).toBe('same same');
  expect(addSpoken('kept', said('  '))).toBe('kept');
});

test('what came late goes between its neighbours while they stand there', () => {
  expect(addSpoken('one three four', said('two', 'one', 'three'))).toBe('one two three four');
  expect(addSpoken('three', said('two', null, 'three'))).toBe('two three');
  // The word stands twice: only the place with the right neighbour counts.
  expect(addSpoken('one three and three', said('two', 'one', 'three'))).toBe('one two three and three');
});

test('what came late goes to the end when the person has changed the place', () => {
  expect(addSpoken('one changed', said('two', 'one', 'three'))).toBe('one changed two');
  expect(addSpoken('un three', said('two', 'one', 'three'))).toBe('un three two');
});
