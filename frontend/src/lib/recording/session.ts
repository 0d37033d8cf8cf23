import { recordingFailure } from './failures';
import { hold } from './ownership';
import { Piece } from './piece';
import { uuid } from '../unique-key';
import { changeRecording, keptRecording, keptRecordings } from './store';
import type { RecordingFailure, RecordingMode, RecordingState, RecordingTransport } from './types';
import { RecordingUploader, sealed } from './uploader';

/** A server that ends every piece at once is not asked again and again, ms. */
const renewsEvery = 60_000;

export function noRecording(mode: RecordingMode): RecordingState {
  return {
    status: 'off',
    mode,
    id: null,
    capturing: false,
    backlog: { chunks: 0, bytes: 0 },
    bytes: 0,
    seconds: 0,
    failure: null,
  };
}

/** What is being sent: of this page, or left behind by an earlier one. */
interface Sending {
  uploader: RecordingUploader;
  /** Left behind by an earlier page. */
  earlier: boolean;
}

/** Recording of one thing (an interview): pieces one after the other, as devices come and go, and what becomes of them. */
export class RecordingSession {
  private state: RecordingState;
  private stream: MediaStream | null = null;
  private piece: Piece | null = null;
  /** Pressed start, and not yet stop. */
  private wanted = false;
  private present = true;
  private closing = 0;
  private ended = false;
  private everStarted = false;
  private counts = 0;
  private renewedAt = -Infinity;
  private readonly gone = new AbortController();
  private readonly sending = new Map<string, Sending>();

  constructor(
    private readonly about: { owner: string; scope: string; mode: RecordingMode },
    private readonly transport: RecordingTransport | undefined,
    private readonly tellState: (state: RecordingState) => void,
  ) {
    this.state = noRecording(about.mode);
  }

  /** Takes up what earlier pages of this owner left unsent. */
  async resume(): Promise<void> {
    if (this.transport === undefined) return;
    let left;
    try {
      left = await keptRecordings(this.about.owner);
    } catch {
      return; // no storage: then nothing was left in it
    }
    for (const { id, mode } of left) {
      if (mode !== 'server' || this.sending.has(id) || this.piece?.id === id) continue;
      this.takeUp(id).catch(() => undefined); // storage went away: the next page tries again
    }
  }

  /** Once no other tab has it in hand. */
  private async takeUp(id: string): Promise<void> {
    if (this.ended) return;
    const release = await hold(id, this.gone.signal);
    if (release === null) return;
    if (this.isOver()) {
      release();
      return;
    }
    await changeRecording(id, { finished: true });
    this.send(id, release, true);
    this.show();
  }

  use(stream: MediaStream | null): void {
    if (stream === this.stream) return;
    this.stream = stream;
    if (!this.wanted) return;
    this.present = stream !== null;
    this.piece?.stop();
    this.piece = null;
    if (stream !== null) this.begin(stream);
    this.show();
  }

  start(): void {
    if (this.ended || this.wanted) return;
    this.wanted = true;
    this.everStarted = true;
    this.present = this.stream !== null;
    this.state = { ...this.state, failure: null };
    if (this.stream !== null) this.begin(this.stream);
    this.show();
  }

  stop(failure: RecordingFailure | null = null): void {
    this.wanted = false;
    this.piece?.stop(failure);
    this.piece = null;
    this.state = { ...this.state, failure: this.state.failure ?? failure };
    this.show();
  }

  /** The page's part is over: recording stops, what is kept goes on being sent for as long as the browser has this page open. */
  end(): void {
    this.ended = true;
    this.gone.abort();
    this.wanted = false;
    this.piece?.stop();
    this.piece = null;
  }

  private isOver(): boolean {
    return this.ended;
  }

  private begin(stream: MediaStream): void {
    const id = uuid();
    const held = hold(id);
    const release = () => {
      held.then((letGo) => letGo?.()).catch(() => undefined); // no lock, nothing to let go
    };
    let piece: Piece;
    try {
      piece = new Piece(id, stream, held, this.about, {
        begun: () => {
          if (this.about.mode === 'server') this.send(id, release, false);
        },
        kept: (bytes, seconds) => {
          if (this.state.id === id) this.state = { ...this.state, bytes, seconds };
          this.sending.get(id)?.uploader.poke();
          this.show();
        },
        device: (present) => {
          if (this.piece !== piece) return;
          this.present = present;
          this.show();
        },
        ended: (asked, failure) => {
          this.closing -= 1;
          this.pieceEnded(piece, asked, failure);
          const sending = this.sending.get(id);
          if (sending === undefined) release();
          else sending.uploader.poke();
        },
      });
    } catch (error) {
      release();
      this.wanted = false;
      const { name } = error as DOMException;
      this.state = { ...this.state, failure: recordingFailure('unsupported', name) };
      return;
    }
    this.piece = piece;
    this.closing += 1;
    this.present = true;
    this.state = { ...this.state, id, bytes: 0, seconds: 0 };
  }

  /** The server took a long silence for the end: what comes now is a further piece, and what it lacks stays in this browser. */
  private renew(): boolean {
    const { stream } = this;
    const now = performance.now();
    if (stream === null || now - this.renewedAt < renewsEvery) return false;
    this.renewedAt = now;
    this.piece?.stop();
    this.begin(stream);
    return true;
  }

  private pieceEnded(piece: Piece, asked: boolean, failure: RecordingFailure | null): void {
    if (this.piece === piece) this.piece = null;
    if (failure !== null) {
      this.wanted = false;
      this.state = { ...this.state, failure: this.state.failure ?? failure };
    } else if (!asked) this.present = false; // the devices are gone; a new stream begins a new piece
    this.show();
  }

  private send(id: string, release: () => void, earlier: boolean): void {
    const { transport } = this;
    if (transport === undefined) return;
    const uploader = new RecordingUploader(id, transport, {
      changed: () => this.show(),
      refused: (failure) => {
        const over = failure.code === sealed;
        if (this.piece?.id === id) {
          if (!over || !this.renew()) this.stop(failure);
        } else if (!earlier && !over) this.state = { ...this.state, failure: this.state.failure ?? failure };
        this.show();
      },
      done: () => {
        this.sending.delete(id);
        release();
        this.show();
      },
    });
    this.sending.set(id, { uploader, earlier });
    uploader.poke();
  }

  private show(): void {
    if (this.ended) return;
    this.state = {
      ...this.state,
      status: this.status(),
      capturing: this.piece?.capturing === true,
    };
    this.tellState(this.state);
    void this.countBacklog();
  }

  private async countBacklog(): Promise<void> {
    this.counts += 1;
    const count = this.counts;
    const backlog = await unsent(this.sending.keys());
    if (count !== this.counts) return; // a newer count is under way
    const { chunks, bytes } = this.state.backlog;
    if (this.ended || (backlog.chunks === chunks && backlog.bytes === bytes)) return;
    this.state = { ...this.state, backlog };
    this.tellState(this.state);
  }

  private status(): RecordingState['status'] {
    if (this.state.failure !== null) return 'failed';
    const own = [...this.sending.values()].filter(({ earlier }) => !earlier);
    const waiting = own.some(({ uploader }) => uploader.waiting);
    if (this.wanted) {
      if (!this.present) return 'paused-by-device';
      return waiting ? 'waiting-for-network' : 'recording';
    }
    if (!this.everStarted) return 'off';
    if (this.closing > 0 || own.length > 0) return waiting ? 'waiting-for-network' : 'finishing';
    return 'done';
  }
}

/** How much of these recordings is only here. */
export async function unsent(ids: Iterable<string>): Promise<{ chunks: number; bytes: number }> {
  let chunks = 0;
  let bytes = 0;
  for (const id of [...ids]) {
    const kept = await keptRecording(id).catch(() => undefined);
    chunks += (kept?.chunks ?? 0) - (kept?.sentChunks ?? 0);
    bytes += (kept?.bytes ?? 0) - (kept?.sentBytes ?? 0);
  }
  return { chunks, bytes };
}
