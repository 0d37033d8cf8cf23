import { shrink, type Picture } from './shrink';
import type { Frame } from './worker-messages';

/** The models want no more; a face that fills a sixth of the frame still has forty pixels. */
export const longestSide = 320;

/**
 * Reads the pixels of frames, into memory that is used again for the next one.
 *
 * A camera's frame is copied, not painted: whenever Chromium without a GPU paints a video (drawImage, createImageBitmap), it
 * keeps the decoded picture, 1.2 MB for one of 640 by 480, in a cache that grows to half a gigabyte before anything is thrown
 * away. Copying leaves nothing behind. Painting is for browsers that cannot copy to RGB.
 */
export class FrameReader {
  private pixels = new Uint8Array(0);
  private values: Float32Array | undefined;
  private canvas: OffscreenCanvasRenderingContext2D | null = null;

  /** Closes the frame. */
  async read(frame: Frame): Promise<Picture> {
    try {
      const picture = (await this.copy(frame)) ?? this.paint(frame);
      this.values = picture.values;
      return picture;
    } finally {
      frame.close();
    }
  }

  private async copy(frame: Frame): Promise<Picture | null> {
    if (!('copyTo' in frame)) return null;
    const { visibleRect } = frame;
    // A copy is what the sensor gave; turned upright or stretched it is only when painted.
    if (visibleRect?.width !== frame.displayWidth || visibleRect.height !== frame.displayHeight) return null;
    const { width, height } = visibleRect;
    const bytes = width * height * 4;
    try {
      // A browser that knows no conversion ignores the wish.
      if (frame.allocationSize({ format: 'RGBX' }) !== bytes) return null;
      if (this.pixels.length !== bytes) this.pixels = new Uint8Array(bytes);
      await frame.copyTo(this.pixels, { format: 'RGBX' });
    } catch {
      return null;
    }
    return shrink(this.pixels, { width, height }, longestSide, this.values);
  }

  private paint(frame: Frame): Picture {
    const [width, height] =
      'displayWidth' in frame ? [frame.displayWidth, frame.displayHeight] : [frame.width, frame.height];
    const scale = Math.min(1, longestSide / Math.max(width, height));
    const size = {
      width: Math.max(1, Math.round(width * scale)),
      height: Math.max(1, Math.round(height * scale)),
    };
    if (this.canvas?.canvas.width !== size.width || this.canvas.canvas.height !== size.height) {
      this.canvas = new OffscreenCanvas(size.width, size.height).getContext('2d', {
        willReadFrequently: true,
      });
    }
    if (!this.canvas) throw new Error('no canvas to read a frame from');
    this.canvas.drawImage(frame, 0, 0, size.width, size.height);
    const { data } = this.canvas.getImageData(0, 0, size.width, size.height);
    this.canvas.clearRect(0, 0, size.width, size.height);
    return shrink(data, size, longestSide, this.values);
  }
}
