import { recordingType } from '../media-types';
import { serverNow } from '../server-clock';
import { recordingFailure, storageFailure } from './failures';
import { isOnlyBeginning } from './rest';
import { changeRecording, keepChunk, keepRecording } from './store';
import type { RecordingFailure, RecordingMode } from './types';

const videoBits = 600_000;
const audioBits = 32_000;
/** A crash loses this much at most, ms. */
const slice = 1000;

export interface PieceEvents {
  /** This browser keeps it from here on. */
  begun: () => void;
  /** A chunk was kept. */
  kept: (bytes: number, seconds: number) => void;
  /** The camera or microphone went quiet or came back. */
  device: (present: boolean) => void;
  /** All is kept. `asked` is false when it ended by itself: the devices are gone, or `failure` says what else. */
  ended: (asked: boolean, failure: RecordingFailure | null) => void;
}

/** One uninterrupted recording of one stream: every chunk is kept in this browser before anything else happens to it. */
export class Piece {
  private readonly recorder: MediaRecorder;
  private readonly began = performance.now();
  private writes: Promise<void>;
  private asked = false;
  private failure: RecordingFailure | null = null;
  private bytes = 0;
  /** The beginning of the file, while there is no more of it. */
  private beginning: { data: ArrayBuffer; seconds: number } | null = null;
  private started = false;
  private readonly contentType: string;
  private readonly tracks: MediaStreamTrack[];

  /** `held` is awaited before anything is kept, so that no other tab takes it up. Throws when the browser has no recorder for the stream. */
  constructor(
    readonly id: string,
    stream: MediaStream,
    held: Promise<unknown>,
    about: { owner: string; scope: string; mode: RecordingMode },
    private readonly events: PieceEvents,
  ) {
    const contentType = recordingType('video');
    if (contentType === null) throw new DOMException('no MediaRecorder', 'NotSupportedError');
    this.contentType = contentType;
    this.recorder = new MediaRecorder(stream, {
      mimeType: contentType,
      videoBitsPerSecond: videoBits,
      audioBitsPerSecond: audioBits,
    });
    this.tracks = stream.getTracks();
    const startedAt = new Date(serverNow()).toISOString();
    this.recorder.ondataavailable = ({ data }) => this.keep(data);
    this.recorder.onstop = () => this.stopped();
    this.recorder.onerror = () => {
      this.failure ??= recordingFailure('recorder');
      this.halt();
    };
    this.recorder.start(slice);
    this.writes = held
      .then(() => keepRecording({ ...about, id, contentType, startedAt }))
      .then(() => this.events.begun())
      .catch((error: unknown) => this.cannotKeep(error));
    for (const track of this.tracks) {
      for (const event of trackEvents) track.addEventListener(event, this.look);
    }
  }

  /** Whether the recorder runs. */
  get capturing(): boolean {
    return this.recorder.state === 'recording';
  }

  stop(failure: RecordingFailure | null = null): void {
    this.asked = true;
    this.failure ??= failure;
    this.halt();
  }

  private halt(): void {
    if (this.recorder.state !== 'inactive') this.recorder.stop();
  }

  private readonly look = (): void => {
    this.events.device(this.tracks.every(({ muted, readyState }) => !muted && readyState === 'live'));
  };

  private keep(data: Blob): void {
    if (data.size === 0) return;
    const seconds = (performance.now() - this.began) / 1000;
    this.writes = this.writes
      .then(async () => {
        const before = this.beginning === null ? [] : [this.beginning.data];
        this.beginning = null;
        const joined = await new Blob([...before, data]).arrayBuffer();
        if (!this.started && isOnlyBeginning(joined, this.contentType)) {
          this.beginning = { data: joined, seconds };
          return;
        }
        await this.write(joined, seconds);
      })
      .catch((error: unknown) => this.cannotKeep(error));
  }

  private async write(data: ArrayBuffer, seconds: number): Promise<void> {
    // After a failure nothing more is kept: a gap would make the rest unreadable.
    if (this.failure !== null && this.failure.kind !== 'recorder') return;
    this.started = true;
    const seq = await keepChunk(this.id, data, seconds);
    if (seq === undefined) return;
    this.bytes += data.byteLength;
    this.events.kept(this.bytes, seconds);
  }

  /** A file that ended before its first picture is kept as it is: what is wrong with it is for the server to say. */
  private async writeBeginning(): Promise<void> {
    if (this.beginning === null) return;
    const { data, seconds } = this.beginning;
    this.beginning = null;
    await this.write(data, seconds);
  }

  private cannotKeep(error: unknown): void {
    this.failure ??= storageFailure(error);
    this.halt();
  }

  private stopped(): void {
    for (const track of this.tracks) {
      for (const event of trackEvents) track.removeEventListener(event, this.look);
    }
    this.writes = this.writes
      .then(() => this.writeBeginning())
      .then(() => changeRecording(this.id, { finished: true }))
      .then(
        () => undefined,
        (error: unknown) => this.cannotKeep(error),
      )
      .then(() => this.events.ended(this.asked, this.failure));
  }
}

const trackEvents = ['mute', 'unmute', 'ended'] as const;
