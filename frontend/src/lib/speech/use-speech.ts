import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

import { speechFacts } from './options';
import { idleSpeech, SpeechSession } from './session';
import type {
  MeterReading,
  SpeechEngine,
  SpeechFacts,
  SpeechFailure,
  SpeechMeter,
  SpeechPart,
  SpeechState,
  SpokenSegment,
  UploadPart,
} from './types';

export interface SpeechSettings {
  engine: SpeechEngine;
  /** BCP 47, e.g. `en-GB`. */
  lang: string;
  /** What the words belong to (a question). A change forgets everything of the one before. */
  scope: string;
  /** A stream that is open anyway; it is borrowed and never stopped here. Without one, `deviceId` is opened while `server` listens. */
  stream?: MediaStream | null;
  deviceId?: string | null;
  /** Only for `server`. */
  uploadPart?: UploadPart;
  /** Only for `server`: the parts in the caller's newest snapshot. */
  parts?: readonly SpeechPart[];
  /** The place from the server's offer, for the facts. */
  place?: string | null;
  /** Once per segment, in the order they were said. */
  onFinal: (segment: SpokenSegment) => void;
  onError?: (failure: SpeechFailure) => void;
  /** Seconds of silence (4 or more) before the countdown; null (the default) never ends by itself. */
  autoEndAfter?: number | null;
  /** The countdown ran out: hand in, or whatever ending means. Listening goes on until the caller stops it. */
  onAutoEnd?: () => void;
}

export interface Speech extends SpeechState {
  facts: SpeechFacts;
  meter: SpeechMeter;
  /** From a press. */
  start: () => void;
  /** Nothing said so far is lost: `finishing` until the last of it is written down. */
  stop: () => void;
  /** After handing in: stop, and let nothing that comes later count. */
  discard: () => void;
  /** Not allowed any more: stop at once, and send nothing that was not sent. */
  cancel: () => void;
  /** "I am thinking": listening goes on, ending by itself does not. */
  think: (thinking: boolean) => void;
  /** Call off the countdown; it comes back only after something more was said and silence again. */
  keepGoing: () => void;
  /** Forget a missing part's mark. */
  dismiss: (take: string, seq: number) => void;
}

const noParts: readonly SpeechPart[] = [];

/** Words from a voice, by whichever engine. Stops with the component. */
export function useSpeech(settings: SpeechSettings): Speech {
  const {
    engine,
    lang,
    scope,
    stream = null,
    deviceId = null,
    autoEndAfter = null,
    parts = noParts,
  } = settings;
  const [state, setState] = useState<SpeechState>(idleSpeech);
  const session = useRef<SpeechSession | null>(null);
  const latest = useRef(settings);

  useEffect(() => {
    latest.current = settings;
  });

  useEffect(() => {
    const { engine, lang, stream, deviceId, autoEndAfter } = latest.current;
    const own = new SpeechSession(
      scope,
      {
        engine,
        lang,
        stream: stream ?? null,
        deviceId: deviceId ?? null,
        autoEndAfter: autoEndAfter ?? null,
      },
      {
        state: setState,
        final: (segment) => latest.current.onFinal(segment),
        error: (failure) => latest.current.onError?.(failure),
        autoEnd: () => latest.current.onAutoEnd?.(),
        upload: () => latest.current.uploadPart,
      },
    );
    session.current = own;
    own.takeParts(latest.current.parts ?? noParts);
    return () => {
      own.end();
      session.current = null;
      setState(idleSpeech);
    };
  }, [scope]);

  useEffect(() => {
    session.current?.use({ engine, lang, stream, deviceId, autoEndAfter });
  }, [engine, lang, stream, deviceId, autoEndAfter]);

  useEffect(() => {
    session.current?.takeParts(parts);
  }, [parts]);

  const start = useCallback(() => session.current?.start(), []);
  const stop = useCallback(() => session.current?.stop(), []);
  const discard = useCallback(() => session.current?.discard(), []);
  const cancel = useCallback(() => session.current?.cancel(), []);
  const think = useCallback((thinking: boolean) => session.current?.think(thinking), []);
  const keepGoing = useCallback(() => session.current?.keepGoing(), []);
  const dismiss = useCallback((take: string, seq: number) => session.current?.dismiss(take, seq), []);

  const meter = useMemo<SpeechMeter>(() => {
    const read = (): MeterReading =>
      session.current?.reading ?? { level: 0, speaking: false, silentSeconds: 0 };
    return { read, subscribe: (listener) => everyFrame(() => listener(read())) };
  }, []);

  const { place = null } = settings;
  return useMemo(
    () => ({
      ...state,
      facts: speechFacts(engine, place),
      meter,
      start,
      stop,
      discard,
      cancel,
      think,
      keepGoing,
      dismiss,
    }),
    [state, engine, place, meter, start, stop, discard, cancel, think, keepGoing, dismiss],
  );
}

function everyFrame(draw: () => void): () => void {
  let frame = requestAnimationFrame(function next() {
    draw();
    frame = requestAnimationFrame(next);
  });
  return () => cancelAnimationFrame(frame);
}
