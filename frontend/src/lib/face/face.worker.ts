/**
 * Looks at single frames, on its own thread and with its own content security policy: the one script of the product that
 * may compile WebAssembly. What it says are numbers; no picture is kept.
 */
import { Human, type FaceResult, type Result, type Tensor } from '@vladmandic/human';

import type { Picture } from './shrink';
import type { Expression, Sample } from './types';
import type { FromWorker, ToWorker } from './worker-messages';

/** Where the build has put the models; see scripts/face-assets.ts. */
declare const __FACE_ASSETS__: string;

/** The parts of DedicatedWorkerGlobalScope in use; the DOM's types and the workers' cannot both be loaded. */
interface Scope {
  location: Location;
  postMessage: (message: FromWorker) => void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
}
const scope = self as unknown as Scope;

/** The one function of TensorFlow in use; Human bundles it without its types. */
interface Tensors {
  tensor3d: (values: Uint8ClampedArray, shape: [number, number, number], dtype: 'float32') => Tensor;
}

/** Below this the detector sees faces in curtains. */
const suspected = 0.3;
/** The mesh of a face that is really there scores well above; one half behind a hand does not. */
const agreed = 0.5;
/**
 * An expression that stands out less than this is none. The model takes painted glasses on a smile for anger at up to 0.6
 * (benchmarks/face_monitor.py): better to read nothing than that.
 */
const standsOut = 0.6;

const names: Record<string, Expression> = {
  neutral: 'neutral',
  happy: 'happy',
  surprise: 'surprised',
  sad: 'sad',
  angry: 'angry',
  fear: 'fearful',
  disgust: 'disgusted',
};

let human: Human | undefined;

async function load(expression: boolean): Promise<void> {
  const base = `${scope.location.origin}${__FACE_ASSETS__}`;
  // Each frame stands alone: the monitor does the smoothing and must not be given an old frame's answer.
  const always = { skipFrames: 0, skipTime: 0 };
  const made = new Human({
    backend: 'wasm',
    wasmPath: base,
    modelBasePath: base,
    cacheModels: false,
    cacheSensitivity: 0,
    warmup: 'none',
    debug: false,
    filter: { enabled: false },
    gesture: { enabled: false },
    face: {
      enabled: true,
      detector: { maxDetected: 4, rotation: false, minConfidence: suspected, ...always },
      // Keep what the mesh does not believe in: that is how a covered face shows.
      mesh: { enabled: true, keepInvalid: true },
      iris: { enabled: false },
      attention: { enabled: false },
      emotion: { enabled: expression, minConfidence: 0.05, ...always },
      description: { enabled: false },
      antispoof: { enabled: false },
      liveness: { enabled: false },
    },
    body: { enabled: false },
    hand: { enabled: false },
    object: { enabled: false },
    segmentation: { enabled: false },
  });
  await made.init();
  await made.load();
  // It falls back by itself, to something fifty times slower.
  if (made.config.backend !== 'wasm') throw new Error(`the backend is ${made.config.backend}, not wasm`);
  human = made;
}

function isAgreed(face: FaceResult): boolean {
  return face.faceScore >= agreed && face.mesh.length > 400;
}

function height(face: FaceResult): number {
  return face.boxRaw[3];
}

/** A face runs over the edge when a good part of its mesh lies outside the frame. */
function isCut(face: FaceResult): boolean {
  const outside = face.meshRaw.filter(([x, y]) => x < 0 || x > 1 || y < 0 || y > 1).length;
  return outside > face.meshRaw.length * 0.1;
}

function degrees(radians: number | undefined): number | null {
  return radians === undefined ? null : Math.round(((radians * 180) / Math.PI) * 10) / 10;
}

function expressionOf(face: FaceResult | undefined): Expression | null {
  const best = face?.emotion?.[0];
  return best && best.score >= standsOut ? (names[best.emotion] ?? null) : null;
}

function describe(result: Result): Omit<Sample, 'at' | 'brightness' | 'tookMs'> {
  const real = result.face.filter(isAgreed).sort((one, other) => height(other) - height(one));
  const doubtful = result.face.filter((face) => !isAgreed(face));
  const largest = real[0];
  // With several faces the claim is as good as the least sure of them; without one, as the strongest suspicion.
  const confidence =
    largest === undefined
      ? doubtful.length > 0
        ? Math.max(...doubtful.map((face) => face.boxScore))
        : null
      : Math.min(...real.map((face) => Math.min(face.boxScore, face.faceScore)));
  return {
    faces: real.length,
    doubtful: doubtful.length,
    yaw: degrees(largest?.rotation?.angle.yaw),
    pitch: degrees(largest?.rotation?.angle.pitch),
    confidence,
    size: largest ? Math.round(height(largest) * 1000) / 1000 : null,
    cut: largest !== undefined && isCut(largest),
    expression: expressionOf(largest),
  };
}

/** Human takes a tensor as it is, and paints anything else on three canvases, a new one each time. */
async function detect({ width, height, values }: Picture): Promise<Result> {
  if (!human) throw new Error('a frame came before the models');
  const { tensor3d } = human.tf as Tensors;
  const tensor = tensor3d(values, [height, width, 3], 'float32');
  try {
    const result = await human.detect(tensor);
    if (result.error) throw new Error(result.error);
    return result;
  } finally {
    tensor.dispose();
  }
}

async function look(at: number, picture: Picture): Promise<Sample> {
  const began = performance.now();
  const seen = describe(await detect(picture));
  return { at, ...seen, brightness: picture.brightness, tookMs: Math.round(performance.now() - began) };
}

async function answer(message: ToWorker): Promise<FromWorker> {
  if (message.type === 'frame') return { type: 'sample', sample: await look(message.at, message.picture) };
  await load(message.expression);
  return { type: 'ready' };
}

scope.onmessage = ({ data }) => {
  answer(data).then(
    (message) => scope.postMessage(message),
    (error: unknown) => scope.postMessage({ type: 'failed', message: String(error) }),
  );
};
