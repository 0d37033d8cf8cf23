import { vi } from 'vitest';

type Ask = (wanted: MediaStreamConstraints) => Promise<MediaStream>;

/** A browser whose camera and microphone are refused, until the test says otherwise. Returns what asks for them. */
export function stubDevices() {
  const getUserMedia = vi.fn<Ask>(() => Promise.reject(new DOMException('', 'NotAllowedError')));
  vi.stubGlobal('isSecureContext', true);
  Object.defineProperty(navigator, 'mediaDevices', {
    configurable: true,
    value: Object.assign(new EventTarget(), { getUserMedia, enumerateDevices: () => Promise.resolve([]) }),
  });
  return getUserMedia;
}

export function removeDevices(): void {
  Reflect.deleteProperty(navigator, 'mediaDevices');
}

/** The browser's recogniser, which hears what the test says. */
export class FakeRecognition extends EventTarget {
  static last: FakeRecognition | null = null;
  lang = '';
  continuous = false;
  interimResults = false;
  maxAlternatives = 1;
  onstart: (() => void) | null = null;
  onresult: ((event: Event) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  onend: (() => void) | null = null;

  start(): void {
    FakeRecognition.last = this;
    queueMicrotask(() => this.onstart?.());
  }

  stop(): void {
    queueMicrotask(() => this.onend?.());
  }

  abort(): void {
    this.stop();
  }

  say(text: string, isFinal: boolean): void {
    const result = Object.assign([{ transcript: text, confidence: 0.9 }], { isFinal });
    this.onresult?.(Object.assign(new Event('result'), { resultIndex: 0, results: [result] }));
  }

  fail(error: string): void {
    this.onerror?.(Object.assign(new Event('error'), { error, message: '' }));
    this.onend?.();
  }
}
