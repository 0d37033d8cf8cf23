import { recordingType } from '../media-types';
import type { LevelMeter } from './level-meter';

/** A part is a sentence or two: long enough to be understood, short enough to come back soon. */
const shortest = 4000;
const pause = 0.35;
const longest = 25_000;
/** Without a meter parts are cut by the clock. */
const blindLength = 12_000;
/** Bytes come this often, ms. They come from the recorder, also to a page in the background whose timers sleep for a minute. */
const timeslice = 1000;
/** Less voice than this in a part is a cough or a door. */
const shortestVoice = 0.12;
const bitsPerSecond = 32_000;

export interface RecordedPart {
  blob: Blob;
  offsetMs: number;
  durationMs: number;
}

export interface PartRecorderEvents {
  onPart: (part: RecordedPart) => void;
  /** Nothing more comes. `asked` is false when the recorder stopped by itself: the microphone is gone. */
  onEnd: (asked: boolean) => void;
}

/**
 * Records speech as whole audio files, each of which can be decoded alone, cut where the speaker pauses. The next recorder runs
 * before the last one stops, so that no word falls between two. Parts in which nobody spoke are not given out.
 */
export class PartRecorder {
  private readonly began = performance.now();
  private current: Slice | null = null;
  /** Recorders that were told to stop and have not yet given their last bytes. */
  private closing = 0;
  private asked = false;
  private ended = false;
  private readonly stream: MediaStream;
  private readonly timer: ReturnType<typeof setInterval>;

  /** Throws when the browser has no recorder for this stream. */
  constructor(
    stream: MediaStream,
    private readonly meter: LevelMeter,
    private readonly events: PartRecorderEvents,
  ) {
    this.stream = new MediaStream(stream.getAudioTracks());
    this.current = this.open();
    this.timer = setInterval(() => this.look(), 100);
  }

  private look(): void {
    const slice = this.current;
    if (slice?.next !== null || slice.recorder.state === 'inactive') return;
    this.meter.look();
    const age = performance.now() - slice.began;
    const quiet = this.meter.works && age >= shortest && this.meter.pauses.silentSeconds >= pause;
    if (quiet || age >= (this.meter.works ? longest : blindLength)) this.cut(slice);
  }

  stop(): void {
    if (this.asked || this.ended) return;
    this.asked = true;
    clearInterval(this.timer);
    const slice = this.current;
    this.current = null;
    if (slice === null) this.endWhenClosed();
    else {
      this.close(slice.next ?? slice);
      if (slice.next !== null) this.close(slice);
    }
  }

  private open(): Slice {
    const contentType = recordingType('audio');
    const recorder = new MediaRecorder(this.stream, {
      ...(contentType !== null && { mimeType: contentType }),
      audioBitsPerSecond: bitsPerSecond,
    });
    const slice: Slice = {
      recorder,
      began: performance.now(),
      voiced: 0,
      bytes: [],
      next: null,
      closed: false,
    };
    this.meter.pauses.restart();
    this.closing += 1;
    recorder.ondataavailable = ({ data }) => {
      if (data.size > 0) slice.bytes.push(data);
      this.look();
    };
    recorder.onstop = () => this.closed(slice);
    recorder.onerror = () => this.close(slice);
    recorder.start(timeslice);
    return slice;
  }

  private cut(slice: Slice): void {
    slice.voiced = this.meter.pauses.voicedSeconds;
    let next: Slice;
    try {
      next = this.open();
    } catch {
      return; // the stream has just ended: its recorder tells
    }
    slice.next = next;
    next.recorder.onstart = () => {
      if (this.current === slice) this.current = next;
      this.close(slice);
    };
  }

  private close(slice: Slice): void {
    if (slice.next === null) slice.voiced = this.meter.pauses.voicedSeconds;
    // A recorder that stopped by itself tells so without being asked.
    if (slice.recorder.state !== 'inactive') slice.recorder.stop();
  }

  private closed(slice: Slice): void {
    if (slice.closed) return;
    slice.closed = true;
    this.closing -= 1;
    if (slice.next === null && !this.asked) slice.voiced = this.meter.pauses.voicedSeconds;
    const silent = this.meter.works && slice.voiced < shortestVoice;
    if (slice.bytes.length > 0 && !silent) {
      const type = slice.recorder.mimeType || (slice.bytes[0]?.type ?? '');
      this.events.onPart({
        blob: new Blob(slice.bytes, { type }),
        offsetMs: Math.round(slice.began - this.began),
        durationMs: Math.round(performance.now() - slice.began),
      });
    }
    this.endWhenClosed();
  }

  private endWhenClosed(): void {
    if (this.closing > 0 || this.ended) return;
    this.ended = true;
    clearInterval(this.timer);
    this.events.onEnd(this.asked);
  }
}

interface Slice {
  recorder: MediaRecorder;
  began: number;
  voiced: number;
  bytes: Blob[];
  /** The recorder that takes over, while both run. */
  next: Slice | null;
  closed: boolean;
}
