import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

import { Reader, type ReadAloudState } from './read-aloud';

export interface ReadAloud extends ReadAloudState {
  /** Remembered on this machine, as is the rate. */
  chooseVoice: (id: string | null) => void;
  chooseRate: (rate: number) => void;
  /** Starts over with this text. */
  speak: (text: string) => void;
  /** The last text again. */
  repeat: () => void;
  stop: () => void;
}

/** Reads text aloud with the browser's own voices. Stops with the component. */
export function useReadAloud(lang = 'en-GB'): ReadAloud {
  const [state, setState] = useState<ReadAloudState>(() => ({
    available: null,
    speaking: false,
    failed: false,
    voices: [],
    voice: null,
    rate: Reader.keptRate(),
  }));
  const reader = useRef<Reader | null>(null);

  useEffect(() => {
    const own = new Reader(lang, setState);
    reader.current = own;
    return () => own.end();
  }, [lang]);

  const speak = useCallback((text: string) => reader.current?.speak(text), []);
  const repeat = useCallback(() => reader.current?.repeat(), []);
  const stop = useCallback(() => reader.current?.stop(), []);
  const chooseVoice = useCallback((id: string | null) => reader.current?.chooseVoice(id), []);
  const chooseRate = useCallback((rate: number) => reader.current?.chooseRate(rate), []);

  return useMemo(
    () => ({ ...state, speak, repeat, stop, chooseVoice, chooseRate }),
    [state, speak, repeat, stop, chooseVoice, chooseRate],
  );
}
