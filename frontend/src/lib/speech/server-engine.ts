import type { Engine, EngineEvents } from './engine';
import { speechFailure } from './failures';
import type { LevelMeter } from './level-meter';
import { PartRecorder, type RecordedPart } from './part-recorder';

interface Options {
  stream: MediaStream;
  meter: LevelMeter;
  onPart: (part: RecordedPart) => void;
  events: EngineEvents;
}

/** Records parts for the server to write down; their words come back by another way, through the caller's snapshot. */
export class ServerEngine implements Engine {
  private recorder: PartRecorder | null = null;
  private aborted = false;

  constructor({ stream, meter, onPart, events }: Options) {
    try {
      this.recorder = new PartRecorder(stream, meter, {
        onPart: (part) => {
          if (!this.aborted) onPart(part);
        },
        onEnd: (asked) => {
          if (!this.aborted) events.ended(asked ? null : speechFailure('unplugged'));
        },
      });
    } catch (error) {
      const { name } = error as DOMException;
      queueMicrotask(() => {
        if (!this.aborted) events.ended(speechFailure('unsupported', name));
      });
      return;
    }
    queueMicrotask(() => {
      if (!this.aborted) events.listening();
    });
  }

  stop(): void {
    this.recorder?.stop();
  }

  abort(): void {
    this.aborted = true;
    this.recorder?.stop();
  }

  think(): void {
    // It listens on: thinking aloud is worth writing down.
  }
}
