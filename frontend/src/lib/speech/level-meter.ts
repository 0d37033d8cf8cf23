import { PauseDetector } from './pauses';
import type { MeterReading } from './types';

/** How often samples are fetched, ms. A page in the background gets its turn once a second: the analyser keeps 0.7 s for then. */
const every = 50;
const fetched = 32_768;
const frameSeconds = 0.02;

/** Listens to a stream's loudness. Hears nothing (`works` stays false) where the browser gives no AudioContext or lets it sleep. */
export class LevelMeter {
  readonly pauses = new PauseDetector();
  private context: AudioContext | null;
  private readonly source: MediaStreamAudioSourceNode | null = null;
  private readonly analyser: AnalyserNode | null = null;
  private readonly samples = new Float32Array(fetched);
  private readonly timer: ReturnType<typeof setInterval> | undefined;
  private heardUntil = 0;
  private level = 0;

  constructor(stream: MediaStream) {
    this.context = newContext();
    if (this.context === null) return;
    try {
      this.source = this.context.createMediaStreamSource(stream);
    } catch {
      this.close(); // no audio in it
      return;
    }
    this.analyser = this.context.createAnalyser();
    this.analyser.fftSize = fetched;
    // To no loudspeaker: nobody wants to hear themselves.
    this.source.connect(this.analyser);
    void this.context.resume().catch(() => undefined);
    this.heardUntil = this.context.currentTime;
    this.timer = setInterval(() => this.look(), every);
  }

  /** Whether sound has come through at all, loud or not. */
  works = false;

  get reading(): MeterReading {
    return {
      level: this.level,
      speaking: this.pauses.speaking,
      silentSeconds: this.pauses.silentSeconds,
    };
  }

  end(): void {
    clearInterval(this.timer);
    this.source?.disconnect();
    this.close();
  }

  /** Once: closing takes a moment in which the state still says otherwise, and a second time is an error. */
  private close(): void {
    const { context } = this;
    this.context = null;
    void context?.close().catch(() => undefined);
  }

  /** Takes in what was heard since the last look. */
  look(): void {
    const { analyser, context } = this;
    if (analyser === null || context === null) return;
    const passed = context.currentTime - this.heardUntil;
    if (passed < frameSeconds) return;
    this.heardUntil = context.currentTime;
    this.works = true;
    analyser.getFloatTimeDomainData(this.samples);
    const size = Math.round(frameSeconds * context.sampleRate);
    const frames = Math.min(Math.floor(fetched / size), Math.round(passed / frameSeconds));
    let loudest = 0;
    for (let frame = frames; frame > 0; frame -= 1) {
      const from = fetched - frame * size;
      const rms = loudness(this.samples, from, from + size);
      loudest = Math.max(loudest, rms);
      this.pauses.feed(rms, passed / frames);
    }
    // Decibels, as ears hear: -60 dB is nothing, -10 dB is full.
    const shown = Math.min(1, Math.max(0, (20 * Math.log10(loudest + 1e-6) + 60) / 50));
    this.level = shown > this.level ? shown : this.level * 0.75 + shown * 0.25;
  }
}

function loudness(samples: Float32Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at += 1) sum += (samples[at] ?? 0) ** 2;
  return Math.sqrt(sum / (to - from));
}

function newContext(): AudioContext | null {
  const known = (globalThis as { AudioContext?: typeof AudioContext }).AudioContext;
  try {
    return known === undefined ? null : new known();
  } catch {
    return null; // too many of them
  }
}
