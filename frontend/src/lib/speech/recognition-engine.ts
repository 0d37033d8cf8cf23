import type { Engine, EngineEvents } from './engine';
import { recognitionFailure, speechFailure } from './failures';
import {
  installOnDevice,
  onDeviceAvailability,
  recognition,
  type Recognition,
  type RecognitionResultEvent,
} from './recognition-api';
import { RestartPolicy } from './restart-policy';
import { joined } from './spoken-text';
import type { SpeechFailure } from './types';

interface Options {
  lang: string;
  /** On this device or not at all. */
  local: boolean;
  /** The chosen microphone's; browsers that cannot listen to a track take their default. */
  track: MediaStreamTrack | null;
  events: EngineEvents;
}

/** How long the last words may take after `stop`, ms. */
const patience = 3000;

/**
 * The browser's own speech recognition, which ends by itself whenever it likes: it is started again only as `RestartPolicy` allows.
 * Every error is seen. Sessions that were given up cannot speak any more.
 */
export class RecognitionEngine implements Engine {
  private readonly policy = new RestartPolicy();
  private session: Recognition | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopping = false;
  private ended = false;
  private thinking = false;

  constructor(private readonly options: Options) {
    if (options.local) void this.prepare();
    else this.listen();
  }

  stop(): void {
    if (this.stopping || this.ended) return;
    this.stopping = true;
    clearTimeout(this.timer);
    if (this.session === null) this.end(null);
    else {
      this.timer = setTimeout(() => this.closeSession(), patience);
      this.session.stop();
    }
  }

  abort(): void {
    if (this.ended) return;
    this.ended = true;
    clearTimeout(this.timer);
    const { session } = this;
    this.session = null;
    session?.abort();
  }

  think(thinking: boolean): void {
    this.thinking = thinking;
  }

  /** Leave the session that does not end, with what it has said. */
  private closeSession(): void {
    const { session } = this;
    if (session === null) return;
    session.onend?.();
    session.abort();
  }

  private async prepare(): Promise<void> {
    const { lang, events } = this.options;
    const availability = await onDeviceAvailability(lang);
    if (this.isOver()) return;
    if (availability === 'unavailable') {
      this.end(speechFailure('unsupported'));
      return;
    }
    if (availability !== 'available') {
      events.installing(true);
      const installed = await installOnDevice(lang);
      if (this.isOver()) return;
      events.installing(false);
      if (!installed) {
        this.end(speechFailure('not-installed'));
        return;
      }
    }
    this.listen();
  }

  private isOver(): boolean {
    if (this.stopping) this.end(null);
    return this.ended;
  }

  private listen(): void {
    const known = recognition();
    if (known === null) {
      // Never while the caller is still being constructed around us.
      this.timer = setTimeout(() => this.end(speechFailure('unsupported')), 0);
      return;
    }
    const { lang, local, events } = this.options;
    const session = new known();
    this.session = session;
    session.lang = lang;
    session.continuous = true;
    session.interimResults = true;
    session.maxAlternatives = 1;
    if (local) session.processLocally = true;

    const began = performance.now();
    const heard = new SessionWords();
    let error: string | null = null;
    const here = () => this.session === session && !this.ended;
    session.onstart = () => here() && !this.stopping && events.listening();
    session.onresult = (event) => {
      if (!here()) return;
      for (const text of heard.take(event)) events.said(text);
      events.interim(heard.interim);
    };
    session.onerror = (event) => {
      error ??= event.error;
    };
    session.onend = () => {
      if (!here()) return;
      this.session = null;
      clearTimeout(this.timer);
      // Some browsers end without ever calling the last words certain. They were shown, so they count.
      if (heard.interim !== '') events.said(heard.interim);
      events.interim('');
      if (this.stopping) {
        this.end(null);
        return;
      }
      const seconds = (performance.now() - began) / 1000;
      const next = this.policy.next({ words: heard.any, error, seconds, thinking: this.thinking });
      if ('giveUp' in next) this.end(recognitionFailure(next.giveUp));
      else this.timer = setTimeout(() => this.listen(), next.restartAfterMs);
    };
    try {
      this.startSession(session);
    } catch (failure) {
      this.session = null;
      const { name } = failure as DOMException;
      this.timer = setTimeout(() => this.end(speechFailure('failed', name)), 0);
    }
  }

  private startSession(session: Recognition): void {
    const { track } = this.options;
    if (track?.readyState !== 'live') {
      session.start();
      return;
    }
    try {
      session.start(track);
    } catch {
      session.start();
    }
  }

  private end(failure: SpeechFailure | null): void {
    if (this.ended) return;
    this.ended = true;
    clearTimeout(this.timer);
    this.options.events.ended(failure);
  }
}

/** What one session has said: every result that became final, once. */
class SessionWords {
  interim = '';
  any = false;
  private readonly finals = new Map<number, string>();

  /** The words that have just become certain. Two finals in a row with nothing between are two; one told again is one. */
  take({ results, resultIndex }: RecognitionResultEvent): string[] {
    const certain: string[] = [];
    let interim = '';
    for (let at = 0; at < results.length; at += 1) {
      const result = results[at];
      const text = result?.[0]?.transcript.trim() ?? '';
      if (text !== '') this.any = true;
      if (result?.isFinal !== true) {
        interim = joined(interim, text);
        continue;
      }
      if (at < resultIndex || this.finals.has(at)) continue;
      const fresh = this.withoutRepetition(at, text);
      this.finals.set(at, text);
      if (fresh !== '') certain.push(fresh);
    }
    this.interim = interim;
    return certain;
  }

  /** Chrome on Android repeats all that was said in each further result. */
  private withoutRepetition(at: number, text: string): string {
    const last = this.finals.get(at - 1);
    const repeats = last !== undefined && last !== '' && /android/iu.test(navigator.userAgent);
    return repeats && text.startsWith(last) ? text.slice(last.length).trim() : text;
  }
}
