import { remember, remembered } from './remembered';

export interface Voice {
  id: string;
  name: string;
  lang: string;
  /** Whether the voice works on this device; others send the text to their maker. */
  local: boolean;
}

export interface ReadAloudState {
  /** Null for the first second at most, while voices may still come. */
  available: boolean | null;
  speaking: boolean;
  /** The last attempt broke off or never began. Nothing waits for it. */
  failed: boolean;
  /** Voices of the asked language first, then those that work on this device. */
  voices: readonly Voice[];
  voice: Voice | null;
  /** 0.5 to 2; 1 is the voice's own pace. */
  rate: number;
}

const voiceKey = 'ik-voice';
const rateKey = 'ik-voice-rate';
/** How long voices may take to come, ms. */
const patience = 1000;
/** A voice that says nothing for this long is given up, ms. */
const silence = 5000;
/** Chrome falls silent in the middle of an utterance of about 15 seconds: at a normal pace these characters take ten. */
const mostCharacters = 160;

function synthesis(): SpeechSynthesis | null {
  return (globalThis as { speechSynthesis?: SpeechSynthesis }).speechSynthesis ?? null;
}

/** The browser's voices, after waiting a second for them at most. */
export function availableVoices(): Promise<SpeechSynthesisVoice[]> {
  const speech = synthesis();
  if (speech === null) return Promise.resolve([]);
  const now = speech.getVoices();
  if (now.length > 0) return Promise.resolve(now);
  return new Promise((resolve) => {
    function look(): void {
      if (speech === null) return;
      const voices = speech.getVoices();
      if (voices.length > 0) finish(voices);
    }
    function finish(voices: SpeechSynthesisVoice[]): void {
      clearTimeout(timer);
      speech?.removeEventListener('voiceschanged', look);
      resolve(voices);
    }
    const timer = setTimeout(() => finish(speech.getVoices()), patience);
    speech.addEventListener('voiceschanged', look);
  });
}

/** Cuts a text where a reader would breathe: after sentences, else after commas, else between words. */
export function utterances(text: string): string[] {
  const pieces: string[] = [];
  for (const sentence of text.match(/[^.!?…]+[.!?…]*["'”’)]*\s*|[.!?…]+\s*/gu) ?? []) {
    for (const piece of fitting(sentence)) {
      const last = pieces.at(-1);
      if (last !== undefined && last.length + piece.length <= mostCharacters)
        pieces[pieces.length - 1] = last + piece;
      else pieces.push(piece);
    }
  }
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== '');
}

function fitting(sentence: string): string[] {
  const pieces: string[] = [];
  let rest = sentence;
  while (rest.length > mostCharacters) {
    const head = rest.slice(0, mostCharacters);
    const comma = Math.max(head.lastIndexOf(', '), head.lastIndexOf('; '), head.lastIndexOf(': ')) + 1;
    const space = head.lastIndexOf(' ');
    const cut = comma > mostCharacters / 3 ? comma : space > 0 ? space : mostCharacters;
    pieces.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return [...pieces, rest];
}

/** Reads one text at a time with the browser's voices, piece by piece. Nothing else waits for it: it ends by itself when a voice falls silent. */
export class Reader {
  private found: SpeechSynthesisVoice[] = [];
  private state: ReadAloudState;
  private text = '';
  private round = 0;
  private watch: ReturnType<typeof setTimeout> | undefined;
  /** Chrome collects an utterance nobody holds, and its events with it. */
  private readonly held = new Set<SpeechSynthesisUtterance>();
  private ended = false;

  constructor(
    private readonly lang: string,
    private readonly tell: (state: ReadAloudState) => void,
  ) {
    this.state = {
      available: null,
      speaking: false,
      failed: false,
      voices: [],
      voice: null,
      rate: Reader.keptRate(),
    };
    void availableVoices().then((voices) => this.take(voices));
    synthesis()?.addEventListener('voiceschanged', this.voicesChanged);
    // A page that goes away would go on talking in some browsers.
    window.addEventListener('pagehide', this.stop);
  }

  static keptRate(): number {
    const kept = Number(remembered(rateKey) ?? '1');
    return kept >= 0.5 && kept <= 2 ? kept : 1;
  }

  readonly speak = (text: string): void => {
    if (this.ended) return;
    this.text = text;
    const speech = synthesis();
    if (speech === null || this.found.length === 0) {
      this.change({ speaking: false, failed: true });
      return;
    }
    this.halt();
    const pieces = utterances(text);
    if (pieces.length === 0) return;
    this.change({ speaking: true, failed: false });
    this.next(speech, pieces, 0, this.round);
  };

  readonly repeat = (): void => {
    if (this.text !== '') this.speak(this.text);
  };

  readonly stop = (): void => {
    this.halt();
    if (this.state.speaking) this.change({ speaking: false });
  };

  readonly chooseVoice = (id: string | null): void => {
    remember(voiceKey, id);
    this.take(this.found);
  };

  readonly chooseRate = (rate: number): void => {
    const within = Math.min(2, Math.max(0.5, rate));
    remember(rateKey, String(within));
    this.change({ rate: within });
  };

  end(): void {
    this.ended = true;
    this.halt();
    synthesis()?.removeEventListener('voiceschanged', this.voicesChanged);
    window.removeEventListener('pagehide', this.stop);
  }

  private readonly voicesChanged = (): void => this.take(synthesis()?.getVoices() ?? []);

  private take(found: SpeechSynthesisVoice[]): void {
    if (this.ended) return;
    this.found = found;
    const voices = found
      .map((voice) => ({
        id: voice.voiceURI,
        name: voice.name,
        lang: voice.lang,
        local: voice.localService,
      }))
      .sort((a, b) => this.distance(a) - this.distance(b));
    const chosen = remembered(voiceKey);
    const voice = voices.find(({ id }) => id === chosen) ?? voices[0] ?? null;
    this.change({ available: voices.length > 0, voices, voice });
  }

  /** 0 is the best. Android writes `en_GB`. */
  private distance({ lang, local }: Voice): number {
    const own = lang.replace('_', '-').toLowerCase();
    const asked = this.lang.toLowerCase();
    const language = own === asked ? 0 : own.split('-')[0] === asked.split('-')[0] ? 2 : 4;
    return language + (local ? 0 : 1);
  }

  private next(speech: SpeechSynthesis, pieces: readonly string[], at: number, round: number): void {
    const piece = pieces[at];
    if (piece === undefined) {
      this.change({ speaking: false });
      return;
    }
    const utterance = new SpeechSynthesisUtterance(piece);
    const { voice, rate } = this.state;
    const found = this.found.find(({ voiceURI }) => voiceURI === voice?.id);
    if (found !== undefined) utterance.voice = found;
    utterance.lang = found?.lang.replace('_', '-') ?? this.lang;
    utterance.rate = rate;
    const here = () => round === this.round;
    utterance.onstart = () => here() && this.expect(piece.length * (150 / rate) + silence);
    utterance.onend = () => {
      if (here()) this.next(speech, pieces, at + 1, round);
    };
    utterance.onerror = () => here() && this.giveUp();
    this.expect(silence);
    this.held.clear();
    this.held.add(utterance);
    speech.speak(utterance);
  }

  /** Some voices never tell that they began or ended. */
  private expect(within: number): void {
    clearTimeout(this.watch);
    this.watch = setTimeout(() => this.giveUp(), within);
  }

  private giveUp(): void {
    this.halt();
    this.change({ speaking: false, failed: true });
  }

  private halt(): void {
    this.round += 1;
    clearTimeout(this.watch);
    synthesis()?.cancel();
  }

  private change(part: Partial<ReadAloudState>): void {
    this.state = { ...this.state, ...part };
    if (!this.ended) this.tell(this.state);
  }
}
