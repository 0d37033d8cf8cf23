/** The detector alone, without mesh or expression: what benchmarks/face_monitor.py compares the monitor with. */
import { Human, type Tensor } from '@vladmandic/human';

import type { FromWorker, ToWorker } from '@/lib/face/worker-messages';

declare const __FACE_ASSETS__: string;

interface Scope {
  location: Location;
  postMessage: (message: FromWorker) => void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
}
interface Tensors {
  tensor3d: (values: Uint8ClampedArray, shape: [number, number, number], dtype: 'float32') => Tensor;
}
const scope = self as unknown as Scope;
const base = `${scope.location.origin}${__FACE_ASSETS__}`;
const off = { enabled: false };
const human = new Human({
  backend: 'wasm',
  wasmPath: base,
  modelBasePath: base,
  cacheModels: false,
  cacheSensitivity: 0,
  warmup: 'none',
  filter: off,
  gesture: off,
  face: {
    enabled: true,
    detector: { maxDetected: 4, rotation: false, minConfidence: 0.3, skipFrames: 0, skipTime: 0 },
    mesh: off,
    iris: off,
    emotion: off,
    description: off,
  },
  body: off,
  hand: off,
  object: off,
  segmentation: off,
});

async function answer(message: ToWorker): Promise<FromWorker> {
  if (message.type === 'load') {
    await human.init();
    await human.load();
    return { type: 'ready' };
  }
  const began = performance.now();
  const { width, height, values, brightness } = message.picture;
  const tensor = (human.tf as Tensors).tensor3d(values, [height, width, 3], 'float32');
  const result = await human.detect(tensor);
  tensor.dispose();
  const nothing = { yaw: null, pitch: null, confidence: null, size: null, cut: false, expression: null };
  const tookMs = performance.now() - began;
  const faces = result.face.length;
  return {
    type: 'sample',
    sample: { at: message.at, faces, doubtful: 0, ...nothing, brightness, tookMs },
  };
}

scope.onmessage = ({ data }) => {
  answer(data).then(
    (message) => scope.postMessage(message),
    (error: unknown) => scope.postMessage({ type: 'failed', message: String(error) }),
  );
};
