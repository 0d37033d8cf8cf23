export interface Voice {
  id: string;
  name: string;
  lang: string;
  /** Whether the voice works on this device; others send the text to their maker. */
  local: boolean;
}

export interface ReadAloud {
  /** Null for the first second at most, while voices may still come. */
  available: boolean | null;
  speaking: boolean;
  /** The last attempt broke off or never began. Nothing waits for it. */
  failed: boolean;
  /** Voices of the asked language first. */
  voices: readonly Voice[];
  voice: Voice | null;
  /** 0.5 to 2; 1 is the voice's own pace. */
  rate: number;
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
export declare function useReadAloud(lang?: string): ReadAloud;
