import { expect, test } from 'vitest';

import { shrink, stepFor } from './shrink';

/** Each pixel as red, green and blue; the fourth byte is one that must not matter. */
function pixels(...colours: [number, number, number][]): Uint8Array {
  return Uint8Array.from(colours.flatMap((colour) => [...colour, 77]));
}

test.each([
  [640, 480, 2],
  [1280, 720, 4],
  [480, 640, 2],
  [800, 600, 3],
  [320, 240, 1],
  [100, 50, 1],
])('a frame of %i by %i is divided by %i', (width, height, step) => {
  expect(stepFor(width, height, 320)).toBe(step);
});

test('squares of pixels become their mean', () => {
  const four = pixels([0, 0, 0], [100, 0, 0], [0, 200, 0], [0, 0, 40]);
  expect(shrink(four, { width: 2, height: 2 }, 1)).toEqual({
    width: 1,
    height: 1,
    values: Uint8ClampedArray.of(25, 50, 10),
    brightness: 0.164,
  });
});

test('a small frame is kept as it is, row by row', () => {
  const six = pixels([1, 2, 3], [4, 5, 6], [7, 8, 9], [10, 11, 12], [13, 14, 15], [16, 17, 18]);
  const { width, height, values } = shrink(six, { width: 3, height: 2 }, 320);
  expect([width, height]).toEqual([3, 2]);
  expect([...values]).toEqual(Array.from({ length: 18 }, (_, at) => at + 1));
});

test('what does not fill a square is dropped', () => {
  const row = pixels([10, 10, 10], [30, 30, 30], [255, 255, 255]);
  const two = Uint8Array.from([...row, ...row]);
  const picture = shrink(two, { width: 3, height: 2 }, 2);
  expect([picture.width, picture.height, ...picture.values]).toEqual([1, 1, 20, 20, 20]);
});

test('white is 1 and black is 0', () => {
  expect(shrink(pixels([255, 255, 255]), { width: 1, height: 1 }, 320).brightness).toBe(1);
  expect(shrink(pixels([0, 0, 0]), { width: 1, height: 1 }, 320).brightness).toBe(0);
});
