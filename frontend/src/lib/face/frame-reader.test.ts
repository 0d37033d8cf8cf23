import { beforeEach, expect, test, vi } from 'vitest';

import { FrameReader } from './frame-reader';

const size = 640 * 480 * 4;
const copied = 30;
const painted = 90;
let closed: number;

/** What jsdom has not: a frame of 640 by 480 in which every byte is the same. */
class HandFrame {
  visibleRect = { width: 640, height: 480 };
  allocationSize(): number {
    return size;
  }
  copyTo(to: Uint8Array): Promise<void> {
    to.fill(copied);
    return Promise.resolve();
  }
  close(): void {
    closed += 1;
  }
}

function video(): HTMLVideoElement {
  const element = document.createElement('video');
  Object.defineProperties(element, { videoWidth: { value: 640 }, videoHeight: { value: 480 } });
  return element;
}

beforeEach(() => {
  closed = 0;
  vi.stubGlobal('VideoFrame', HandFrame);
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockImplementation(function (this: HTMLCanvasElement) {
    return {
      canvas: this,
      drawImage: () => undefined,
      getImageData: () => ({ data: new Uint8ClampedArray(this.width * this.height * 4).fill(painted) }),
    } as never;
  });
});

test('a frame is copied, made small and closed', async () => {
  const { width, height, values } = await new FrameReader().read(video());
  expect([width, height, values.length]).toEqual([320, 240, 320 * 240 * 3]);
  expect(new Set(values)).toEqual(new Set([copied]));
  expect(closed).toBe(1);
});

test.each<[string, Partial<HandFrame>]>([
  ['cannot be copied', { copyTo: () => Promise.reject(new DOMException('no', 'NotSupportedError')) }],
  ['keeps its own format', { allocationSize: () => size / 2 }],
  ['is to be turned', { visibleRect: { width: 480, height: 640 } }],
])('a frame that %s is closed and painted', async (_, own) => {
  vi.stubGlobal(
    'VideoFrame',
    class extends HandFrame {
      constructor() {
        super();
        Object.assign(this, own);
      }
    },
  );
  const { width, height, values } = await new FrameReader().read(video());
  expect([width, height]).toEqual([320, 240]);
  expect(new Set(values)).toEqual(new Set([painted]));
  expect(closed).toBe(1);
});
