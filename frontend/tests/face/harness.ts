/** The monitor alone on a page, for tests/e2e/test_face_worker.py and benchmarks/face_monitor.py. Not in the product's build. */
import { FaceClient, pauseAfter, type FaceClientOptions } from '@/lib/face/face-client';
import { Monitor } from '@/lib/face/monitor';
import { PageWatch } from '@/lib/face/page-watch';
import { defaultRules, type FaceClientState, type MonitorEvent, type Sample } from '@/lib/face/types';

const video = document.querySelector('video');
if (!video) throw new Error('no video');

const samples: Sample[] = [];
const states: FaceClientState[] = [];
const events: MonitorEvent[] = [];
// A short baseline keeps the tests short, and a long patience keeps them from asking how busy the machine is; what is proven
// depends on neither.
const monitor = new Monitor({ ...defaultRules, baselineS: 4, longestGapS: 20 }, Date.now());
let hurried = false;
const options: FaceClientOptions = {
  onSample: (sample) => {
    samples.push(sample);
    events.push(...monitor.sample(sample));
  },
  onState: (state) => {
    states.push(state);
    events.push(...monitor.client(state));
  },
};
const client = new FaceClient({ ...options, pauseAfter: (busyMs) => (hurried ? 0 : pauseAfter(busyMs)) });
/** The cheapest thing that could look at all, for the benchmark to compare with: the detector without the mesh. */
const detector = new FaceClient({
  ...options,
  makeWorker: () => new Worker(new URL('./face.worker.ts', import.meta.url), { type: 'module' }),
});
const watch = new PageWatch((event) => events.push(...monitor.page(event)));
setInterval(() => events.push(...monitor.tick(Date.now())), 1000);

/** The newest worker, so that a test can break it. */
let worker: Worker | undefined;
window.Worker = class extends Worker {
  constructor(...given: ConstructorParameters<typeof Worker>) {
    super(...given);
    worker = this; // eslint-disable-line @typescript-eslint/no-this-alias -- the test has no other way to it
  }
};

const face = {
  samples,
  states,
  events,
  state: () => monitor.state,
  show: async () => {
    video.srcObject ??= await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480 } });
    await video.play();
  },
  start: async (expression: boolean) => {
    await face.show();
    watch.start();
    client.start(video, { expression });
  },
  startDetector: async () => {
    await face.show();
    detector.start(video, { expression: false });
  },
  /** One frame after the other, without a pause. */
  hurry: () => {
    hurried = true;
  },
  stop: () => {
    client.stop();
    detector.stop();
    watch.stop();
  },
  /** What a worker does that has run out of memory: an error nobody catches. */
  breakWorker: () => worker?.dispatchEvent(new ErrorEvent('error', { message: 'broken', cancelable: true })),
  killWorker: () => worker?.terminate(),
};
declare global {
  var face: unknown;
}
globalThis.face = face;
