import { openMedia, stopMedia, type MediaProblem } from '../media-devices';
import { uuid } from '../unique-key';
import { AutoEnd, autoEndOff } from './auto-end';
import type { Engine, EngineEvents } from './engine';
import { mediaFailure, speechFailure } from './failures';
import { LevelMeter } from './level-meter';
import { PartLedger } from './part-ledger';
import type { RecordedPart } from './part-recorder';
import { PartUploader } from './part-uploader';
import { RecognitionEngine } from './recognition-engine';
import { ServerEngine } from './server-engine';
import { joined } from './spoken-text';
import { forgetTakes, keptTakes, keepTakes } from './takes';
import type {
  MeterReading,
  SpeechEngine,
  SpeechFailure,
  SpeechPart,
  SpeechState,
  SpokenSegment,
  UploadPart,
} from './types';

/** What the session works with; may change between two presses. */
export interface SessionSetup {
  engine: SpeechEngine;
  lang: string;
  stream: MediaStream | null;
  deviceId: string | null;
  autoEndAfter: number | null;
}

export interface SessionCalls {
  state: (state: SpeechState) => void;
  final: (segment: SpokenSegment) => void;
  error: (failure: SpeechFailure) => void;
  autoEnd: () => void;
  upload: () => UploadPart | undefined;
}

const nobodyHeard = { on_device: '', server: '', browser: '', none: '' };

export const idleSpeech: SpeechState = {
  status: 'idle',
  pending: 0,
  unsent: 0,
  installing: false,
  failure: null,
  missing: [],
  interim: '',
  segments: [],
  heard: nobodyHeard,
  autoEnd: autoEndOff,
};

const quiet: MeterReading = { level: 0, speaking: false, silentSeconds: 0 };

/** From one press of "Speak" until the engine has said its last. */
interface Run {
  kind: SpeechEngine;
  take: string;
  seq: number;
  engine: Engine | null;
  meter: LevelMeter | null;
  /** Opened here, so closed here. */
  ownStream: MediaStream | null;
  borrowed: MediaStream | null;
  /** The borrowed microphone was pulled out; one that its owner closes says nothing. */
  unplugged: boolean;
  wordsAt: number;
}

/**
 * All speech about one thing (a question): presses of "Speak" one after the other, whichever engine, and what came of them. Words of
 * a press that was discarded never count, however late they come.
 */
export class SpeechSession {
  private state: SpeechState = idleSpeech;
  private setup: SessionSetup;
  private run: Run | null = null;
  /** Stopped, but not yet silent: their last words still count. */
  private readonly finishing = new Set<Run>();
  private thinking = false;
  private starting = false;
  private ended = false;
  private ledger: PartLedger;
  private readonly uploader: PartUploader;
  private readonly autoEnd: AutoEnd;
  private ticker: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly scope: string,
    setup: SessionSetup,
    private readonly calls: SessionCalls,
  ) {
    this.setup = setup;
    this.ledger = new PartLedger(keptTakes(scope));
    this.autoEnd = new AutoEnd(() => this.calls.autoEnd());
    this.autoEnd.configure(setup.autoEndAfter);
    this.uploader = new PartUploader(calls.upload, {
      sent: (part) => this.takeParts([part]),
      refused: (part, { type }) => {
        this.ledger.refuse(part.take, part.seq, type);
        if (wholeSpeechRefused.has(type)) this.refuse(type);
        this.settle();
      },
    });
  }

  /** A new stream while listening goes on with it; another engine ends what the old one hears. */
  use(setup: SessionSetup): void {
    const before = this.setup;
    this.setup = setup;
    this.autoEnd.configure(setup.autoEndAfter);
    this.show({ autoEnd: setup.autoEndAfter === null ? autoEndOff : this.state.autoEnd });
    if (this.run === null) return;
    if (setup.engine !== before.engine) this.stop();
    else if (this.run.borrowed !== null && setup.stream !== this.run.borrowed) {
      if (setup.stream === null && this.run.unplugged) this.fail(speechFailure('unplugged'));
      else {
        // Lent no longer, because what it was open for has ended: speaking goes on with a microphone of its own.
        this.letFinish();
        this.begin();
      }
    }
  }

  start(): void {
    if (this.ended || this.run !== null || this.setup.engine === 'none') return;
    this.show({ failure: null, interim: '' });
    this.autoEnd.reset();
    this.begin();
  }

  stop(): void {
    this.letFinish();
    this.thinking = false;
    this.settle(null);
  }

  discard(): void {
    for (const run of [...this.finishing, this.run]) if (run !== null) this.drop(run);
    this.finishing.clear();
    this.run = null;
    this.thinking = false;
    this.starting = false;
    this.uploader.clear();
    this.ledger = new PartLedger();
    forgetTakes(this.scope);
    this.stopTicking();
    this.state = idleSpeech;
    this.tell();
  }

  /** The consent was taken back: nothing more is heard, and what is only here goes nowhere. What is text already stays. */
  cancel(): void {
    for (const run of [...this.finishing, this.run]) if (run !== null) this.drop(run);
    this.finishing.clear();
    this.run = null;
    this.thinking = false;
    this.starting = false;
    this.stopTicking();
    for (const { take, seq } of this.uploader.clear()) this.ledger.drop(take, seq);
    this.settle();
  }

  think(thinking: boolean): void {
    if (this.run === null) return;
    this.thinking = thinking;
    this.autoEnd.suspend(thinking);
    this.run.engine?.think(thinking);
    this.settle();
  }

  keepGoing(): void {
    this.autoEnd.callOff();
    this.tick();
  }

  dismiss(take: string, seq: number): void {
    this.ledger.dismiss(take, seq);
    this.settle();
  }

  takeParts(parts: readonly SpeechPart[]): void {
    if (this.ended) return;
    for (const part of parts) this.ledger.hear(part);
    this.settle();
  }

  /** The page goes: everything open is closed, and nothing is told any more. */
  end(): void {
    this.ended = true;
    for (const run of [...this.finishing, this.run]) if (run !== null) this.drop(run);
    this.stopTicking();
    this.uploader.end();
  }

  get reading(): MeterReading {
    const { run } = this;
    if (run === null) return quiet;
    if (run.meter?.works === true) return run.meter.reading;
    // Without a meter words are all there is to go by.
    const silentSeconds = this.starting ? 0 : (performance.now() - run.wordsAt) / 1000;
    return { level: 0, speaking: silentSeconds < 0.5 && this.state.interim !== '', silentSeconds };
  }

  private begin(): void {
    const run: Run = {
      kind: this.setup.engine,
      take: uuid(),
      seq: 0,
      engine: null,
      meter: null,
      ownStream: null,
      borrowed: null,
      unplugged: false,
      wordsAt: performance.now(),
    };
    this.run = run;
    this.starting = true;
    this.autoEnd.suspend(false);
    this.settle();
    const { stream, deviceId } = this.setup;
    const lent = stream?.getAudioTracks().some(({ readyState }) => readyState === 'live') === true;
    if (lent) {
      run.borrowed = stream;
      for (const track of stream.getAudioTracks())
        track.addEventListener('ended', () => (run.unplugged = true), { once: true });
      this.listen(run, stream);
    } else if (run.kind !== 'server') this.listen(run, null);
    else {
      openMedia({ camera: false, microphone: true }, { microphone: deviceId }).then(
        (opened) => {
          if (this.run !== run || this.ended) stopMedia(opened);
          else {
            run.ownStream = opened;
            this.listen(run, opened);
          }
        },
        (problem: unknown) => {
          if (this.run === run) this.fail(mediaFailure((problem as MediaProblem).kind));
        },
      );
    }
  }

  private listen(run: Run, stream: MediaStream | null): void {
    const events: EngineEvents = {
      listening: () => {
        if (this.run !== run) return;
        this.starting = false;
        run.wordsAt = performance.now();
        this.startTicking();
        this.settle();
      },
      installing: (installing) => {
        if (this.run === run) this.show({ installing });
      },
      interim: (interim) => {
        if (this.run !== run) return;
        if (interim !== '') run.wordsAt = performance.now();
        this.show({ interim });
      },
      said: (text) => {
        if (!this.counts(run)) return;
        run.wordsAt = performance.now();
        this.say(run.kind, text);
      },
      ended: (failure) => this.engineEnded(run, failure),
    };
    const { lang } = this.setup;
    if (stream !== null) run.meter = new LevelMeter(stream);
    if (run.kind === 'server' && stream !== null && run.meter !== null) {
      this.ledger.begin(run.take);
      run.engine = new ServerEngine({
        stream,
        meter: run.meter,
        onPart: (part) => this.send(run, part),
        events,
      });
    } else {
      const track = stream?.getAudioTracks()[0] ?? null;
      run.engine = new RecognitionEngine({ lang, local: run.kind === 'on_device', track, events });
    }
  }

  private counts(run: Run): boolean {
    return !this.ended && (this.run === run || this.finishing.has(run));
  }

  private send(run: Run, part: RecordedPart): void {
    if (!this.counts(run)) return;
    const { take } = run;
    const seq = run.seq++;
    this.ledger.add(take, seq, part.offsetMs, part.durationMs);
    keepTakes(this.scope, this.ledger.toRemember());
    this.uploader.add({ ...part, take, seq });
    this.settle();
  }

  private engineEnded(run: Run, failure: SpeechFailure | null): void {
    if (!this.counts(run)) return;
    this.close(run);
    this.finishing.delete(run);
    if (this.run !== run) this.settle();
    else {
      this.run = null;
      this.thinking = false;
      this.stopTicking();
      this.settle(failure);
    }
  }

  /** The microphone is closed as soon as the engine has had the last of it. */
  private letFinish(): void {
    const { run } = this;
    if (run === null) return;
    this.run = null;
    this.starting = false;
    this.stopTicking();
    if (run.engine === null) this.close(run);
    else {
      this.finishing.add(run);
      run.engine.stop();
    }
  }

  private fail(failure: SpeechFailure): void {
    this.letFinish();
    this.thinking = false;
    this.settle(failure);
  }

  /** The server takes no speech at all any more: what waits here has nowhere to go. */
  private refuse(type: string): void {
    for (const { take, seq } of this.uploader.clear()) this.ledger.refuse(take, seq, type);
    if (this.run !== null) this.fail(speechFailure('refused', type));
    else this.settle(speechFailure('refused', type));
  }

  private close(run: Run): void {
    run.meter?.end();
    if (run.ownStream !== null) stopMedia(run.ownStream);
    run.meter = null;
    run.ownStream = null;
  }

  private drop(run: Run): void {
    run.engine?.abort();
    this.close(run);
  }

  private say(engine: SpeechEngine, text: string): void {
    const segment: SpokenSegment = { id: uuid(), text, engine, before: null, after: null };
    const heard = { ...this.state.heard, [engine]: joined(this.state.heard[engine], text) };
    this.show({ segments: [...this.state.segments, segment], heard });
    this.calls.final(segment);
  }

  /** Gives out what has become certain, and shows where everything stands. A failure given is new; without one the old one stays. */
  private settle(failure: SpeechFailure | null = this.state.failure): void {
    const fresh = this.ledger.give();
    if (fresh.length > 0) keepTakes(this.scope, this.ledger.toRemember());
    const { pending, unsent, missing, heard } = this.ledger;
    this.show({
      pending,
      unsent,
      missing: sameMissing(this.state.missing, missing) ? this.state.missing : missing,
      failure,
      status: this.status(failure, pending),
      ...(this.run === null && { interim: '', installing: false, autoEnd: this.rest() }),
      ...(fresh.length > 0 && { segments: [...this.state.segments, ...fresh] }),
      ...(heard !== this.state.heard.server && { heard: { ...this.state.heard, server: heard } }),
    });
    for (const segment of fresh) this.calls.final(segment);
  }

  private rest(): SpeechState['autoEnd'] {
    const { autoEnd } = this.state;
    return autoEnd.phase === 'counting' ? { phase: 'waiting', secondsLeft: null } : autoEnd;
  }

  private status(failure: SpeechFailure | null, pending: number): SpeechState['status'] {
    if (this.run !== null) return this.starting ? 'starting' : this.thinking ? 'thinking' : 'listening';
    if (failure !== null) return 'failed';
    return pending > 0 || this.finishing.size > 0 ? 'finishing' : 'idle';
  }

  private startTicking(): void {
    this.stopTicking();
    this.ticker = setInterval(() => this.tick(), 250);
  }

  private stopTicking(): void {
    clearInterval(this.ticker);
  }

  private tick(): void {
    if (this.run === null || this.starting) return;
    const { speaking, silentSeconds } = this.reading;
    // Nobody sees a countdown in a page that is hidden, and its timers sleep.
    this.autoEnd.suspend(this.thinking || document.hidden);
    const before = this.state.autoEnd;
    const autoEnd = this.autoEnd.tick(performance.now() / 1000, speaking, silentSeconds);
    if (autoEnd.phase !== before.phase || autoEnd.secondsLeft !== before.secondsLeft) this.show({ autoEnd });
  }

  private show(part: Partial<SpeechState>): void {
    const before = this.state;
    this.state = { ...before, ...part };
    const keys = Object.keys(part) as (keyof SpeechState)[];
    if (keys.every((key) => before[key] === this.state[key])) return;
    if (part.failure !== undefined && part.failure !== null && part.failure !== before.failure) {
      this.tell();
      this.calls.error(part.failure);
    } else this.tell();
  }

  private tell(): void {
    if (!this.ended) this.calls.state(this.state);
  }
}

/** Refusals that would meet every further part as well. */
const wholeSpeechRefused = new Set([
  'consent-missing',
  'speech-not-offered',
  'question-not-open',
  'interview-finished',
]);

function sameMissing(before: SpeechState['missing'], now: SpeechState['missing']): boolean {
  return (
    before.length === now.length &&
    now.every(({ take, seq }, at) => before[at]?.take === take && before[at].seq === seq)
  );
}
