/** What the models look at: red, green and blue from 0 to 255, row by row from the top. */
export interface Picture {
  width: number;
  height: number;
  values: Uint8ClampedArray<ArrayBuffer>;
  /** Mean luminance (Rec. 709), 0 to 1. */
  brightness: number;
}

/** By how much both sides are divided, so that the longer one has no more than `longest` pixels. */
export function stepFor(width: number, height: number, longest: number): number {
  return Math.max(1, Math.ceil(Math.max(width, height) / longest));
}

/**
 * Average squares of pixels (four bytes each, the fourth is not looked at). Whole steps keep the proportions: a squeezed face
 * would read as a turned one. What is left over at the right and the bottom, less than one square, is dropped.
 */
export function shrink(
  pixels: Uint8Array | Uint8ClampedArray,
  size: { width: number; height: number },
  longest: number,
): Picture {
  const step = stepFor(size.width, size.height, longest);
  const width = Math.floor(size.width / step);
  const height = Math.floor(size.height / step);
  const values = new Uint8ClampedArray(width * height * 3);
  const share = 1 / (step * step);
  let luminance = 0;
  let to = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let row = 0; row < step; row += 1) {
        let from = ((y * step + row) * size.width + x * step) * 4;
        for (let column = 0; column < step; column += 1) {
          red += pixels[from] ?? 0;
          green += pixels[from + 1] ?? 0;
          blue += pixels[from + 2] ?? 0;
          from += 4;
        }
      }
      values[to] = red * share;
      values[to + 1] = green * share;
      values[to + 2] = blue * share;
      luminance += 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      to += 3;
    }
  }
  const brightness = Math.round((luminance * share * 1000) / (255 * Math.max(1, width * height))) / 1000;
  return { width, height, values, brightness };
}
