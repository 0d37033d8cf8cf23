/** Where a live source stands; `broken` means another source of news is needed for a while. */
export type LiveState = 'connecting' | 'live' | 'broken';

interface Options {
  url: string;
  event: string;
  onData: (data: string) => void;
  onState: (state: LiveState) => void;
  /** For tests. */
  open?: (url: string) => EventSource;
}

const firstDelay = 1000;
const longestDelay = 30_000;

/**
 * An EventSource that comes back. The browser reconnects by itself only after a dropped connection; after an HTTP
 * error (a restart, a session that ended) it gives up for good, so then a new one is opened, later each time.
 * Returns the function that ends it.
 */
export function liveSource({
  url,
  event,
  onData,
  onState,
  open = (at) => new EventSource(at),
}: Options): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let delay = firstDelay;
  let ended = false;

  function connect(): void {
    source = open(url);
    source.onopen = () => {
      delay = firstDelay;
      onState('live');
    };
    source.addEventListener(event, (message: MessageEvent<string>) => onData(message.data));
    source.onerror = () => {
      if (ended) return;
      onState('broken');
      if (source?.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(connect, delay);
      delay = Math.min(delay * 2, longestDelay);
    };
  }

  function reconnectNow(): void {
    if (ended || source?.readyState !== EventSource.CLOSED) return;
    clearTimeout(timer);
    delay = firstDelay;
    connect();
  }

  onState('connecting');
  connect();
  window.addEventListener('online', reconnectNow);

  return () => {
    ended = true;
    clearTimeout(timer);
    window.removeEventListener('online', reconnectNow);
    source?.close();
  };
}
