import { shrink, type Picture } from './shrink';

/** The models want no more; a face that fills a sixth of the frame still has forty pixels. */
const longestSide = 320;

/**
 * Reads what a video shows, small and as plain numbers.
 *
 * The frame is copied, not painted: whenever Chromium without a GPU paints a video (drawImage, createImageBitmap), it keeps the
 * decoded picture, 1.2 MB for one of 640 by 480, in a cache that grows to hundreds of megabytes before anything is thrown
 * away. Copying leaves nothing behind. Painting is for browsers that cannot copy to RGB.
 *
 * Copied here and not in the worker: a frame that is under way to a worker that dies is never closed, and a camera has few.
 */
export class FrameReader {
  private pixels: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  private context: CanvasRenderingContext2D | null = null;

  async read(video: HTMLVideoElement): Promise<Picture> {
    return (await this.copy(video)) ?? this.paint(video);
  }

  private async copy(video: HTMLVideoElement): Promise<Picture | null> {
    if (!('VideoFrame' in globalThis)) return null;
    const frame = new VideoFrame(video);
    try {
      const { visibleRect } = frame;
      const width = visibleRect?.width ?? 0;
      const height = visibleRect?.height ?? 0;
      // A copy is what the sensor gave; turned upright or stretched it is only when painted.
      if (width !== video.videoWidth || height !== video.videoHeight) return null;
      // A browser that knows no conversion ignores the wish.
      if (frame.allocationSize({ format: 'RGBX' }) !== width * height * 4) return null;
      const pixels = this.room(width * height * 4);
      await frame.copyTo(pixels, { format: 'RGBX' });
      return shrink(pixels, { width, height }, longestSide);
    } catch {
      return null;
    } finally {
      frame.close();
    }
  }

  /** The same memory again for as long as the size stays. */
  private room(bytes: number): Uint8Array<ArrayBuffer> {
    if (this.pixels.length !== bytes) this.pixels = new Uint8Array(bytes);
    return this.pixels;
  }

  private paint(video: HTMLVideoElement): Picture {
    const scale = Math.min(1, longestSide / Math.max(video.videoWidth, video.videoHeight));
    const width = Math.max(1, Math.round(video.videoWidth * scale));
    const height = Math.max(1, Math.round(video.videoHeight * scale));
    this.context ??= document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    if (!this.context) throw new Error('no canvas to read a frame from');
    // Setting the size also wipes the picture before.
    Object.assign(this.context.canvas, { width, height });
    this.context.drawImage(video, 0, 0, width, height);
    return shrink(this.context.getImageData(0, 0, width, height).data, { width, height }, longestSide);
  }
}
