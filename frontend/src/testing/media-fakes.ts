/** The browser's recorders, recognisers and microphones, driven by hand: jsdom has none of them. */

export class FakeTrack extends EventTarget {
  readyState: 'live' | 'ended' = 'live';
  muted = false;
  constructor(
    readonly kind: 'audio' | 'video',
    readonly label = kind,
  ) {
    super();
  }
  /** As a page does it: no event. */
  stop(): void {
    this.readyState = 'ended';
    FakeMediaRecorder.trackEnded();
  }
  /** As a hand on the cable does it. */
  unplug(): void {
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
    FakeMediaRecorder.trackEnded();
  }
  mute(muted: boolean): void {
    this.muted = muted;
    this.dispatchEvent(new Event(muted ? 'mute' : 'unmute'));
  }
}

export class FakeStream {
  constructor(private readonly tracks: FakeTrack[]) {}
  getTracks(): FakeTrack[] {
    return this.tracks;
  }
  getAudioTracks(): FakeTrack[] {
    return this.tracks.filter(({ kind }) => kind === 'audio');
  }
  getVideoTracks(): FakeTrack[] {
    return this.tracks.filter(({ kind }) => kind === 'video');
  }
}

export function fakeStream(...kinds: ('audio' | 'video')[]): { stream: MediaStream; tracks: FakeTrack[] } {
  const tracks = kinds.map((kind) => new FakeTrack(kind));
  return { stream: new FakeStream(tracks) as unknown as MediaStream, tracks };
}

export class FakeMediaRecorder {
  static all: FakeMediaRecorder[] = [];
  static supported = (type: string): boolean => type.includes('webm');
  static isTypeSupported(type: string): boolean {
    return FakeMediaRecorder.supported(type);
  }
  /** As in a browser: the recorder stops by itself when all its tracks have ended. */
  static trackEnded(): void {
    for (const recorder of FakeMediaRecorder.all) {
      if (recorder.stream.getTracks().every(({ readyState }) => readyState === 'ended')) recorder.finish();
    }
  }
  state: 'inactive' | 'recording' | 'paused' = 'inactive';
  mimeType: string;
  timeslice: number | undefined;
  onstart: (() => void) | null = null;
  onstop: (() => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  ondataavailable: ((event: { data: Blob }) => void) | null = null;

  constructor(
    readonly stream: MediaStream,
    readonly options: MediaRecorderOptions = {},
  ) {
    this.mimeType = options.mimeType ?? 'video/webm';
    FakeMediaRecorder.all.push(this);
  }
  start(timeslice?: number): void {
    this.state = 'recording';
    this.timeslice = timeslice;
    setTimeout(() => this.onstart?.(), 10);
  }
  stop(): void {
    if (this.state === 'inactive') throw new DOMException('inactive', 'InvalidStateError');
    this.finish();
  }
  /** One chunk, as `timeslice` gives them. */
  give(data: string | ArrayBuffer): void {
    this.ondataavailable?.({ data: new Blob([data], { type: this.mimeType }) });
  }
  finish(): void {
    if (this.state === 'inactive') return;
    this.state = 'inactive';
    setTimeout(() => {
      this.give(`end of ${FakeMediaRecorder.all.indexOf(this)}`);
      this.onstop?.();
    }, 10);
  }
  fail(): void {
    this.onerror?.(new Event('error'));
  }
}

/** Loudness of what every FakeAudioContext hears. */
export const room = { loudness: 0 };

export class FakeAudioContext {
  state = 'running';
  sampleRate = 48_000;
  private readonly began = performance.now();
  get currentTime(): number {
    return (performance.now() - this.began) / 1000;
  }
  createMediaStreamSource() {
    return { connect: () => undefined, disconnect: () => undefined };
  }
  createAnalyser() {
    return { fftSize: 0, getFloatTimeDomainData: (samples: Float32Array) => samples.fill(room.loudness) };
  }
  resume(): Promise<void> {
    return Promise.resolve();
  }
  close(): Promise<void> {
    this.state = 'closed';
    return Promise.resolve();
  }
}

export class FakeRecognition extends EventTarget {
  static all: FakeRecognition[] = [];
  static starts = 0;
  /** What `start` leads to; by default it listens. */
  static behaviour: (session: FakeRecognition) => void = (session) => session.onstart?.();
  static available: ((options: object) => Promise<string>) | undefined;
  static install: ((options: object) => Promise<boolean>) | undefined;
  static reset(): void {
    FakeRecognition.all = [];
    FakeRecognition.starts = 0;
    FakeRecognition.behaviour = (session) => session.onstart?.();
    FakeRecognition.available = undefined;
    FakeRecognition.install = undefined;
  }
  lang = '';
  continuous = false;
  interimResults = false;
  maxAlternatives = 0;
  processLocally = false;
  aborted = false;
  stopped = false;
  track: MediaStreamTrack | undefined;
  onstart: (() => void) | null = null;
  onresult: ((event: { resultIndex: number; results: unknown[] }) => void) | null = null;
  onerror: ((event: { error: string }) => void) | null = null;
  onend: (() => void) | null = null;
  private readonly results: { isFinal: boolean; 0: { transcript: string } }[] = [];

  constructor() {
    super();
    FakeRecognition.all.push(this);
  }
  start(track?: MediaStreamTrack): void {
    FakeRecognition.starts += 1;
    this.track = track;
    setTimeout(() => FakeRecognition.behaviour(this), 5);
  }
  stop(): void {
    this.stopped = true;
  }
  abort(): void {
    this.aborted = true;
  }
  /** What was said so far of the present phrase; `final` makes it certain and begins the next. */
  say(transcript: string, final = false): void {
    const last = this.results.at(-1);
    if (last !== undefined && !last.isFinal) this.results.pop();
    this.results.push({ isFinal: final, 0: { transcript } });
    this.onresult?.({ resultIndex: this.results.length - 1, results: this.results });
  }
  /** The same event again, as some browsers send it. */
  repeat(): void {
    this.onresult?.({ resultIndex: 0, results: this.results });
  }
  fail(error: string): void {
    this.onerror?.({ error });
    this.onend?.();
  }
  end(): void {
    this.onend?.();
  }
}
