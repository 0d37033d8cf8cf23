import { useSyncExternalStore } from 'react';

/** What this browser remembers for its person's comfort. Consent is never among it: the server keeps that, per interview. */
export interface Preferences {
  microphoneId: string | null;
  cameraId: string | null;
  /** Which ear to use; `auto` takes the server's where there is one. */
  engine: 'auto' | 'server' | 'on_device' | 'browser';
  voice: string | null;
  rate: number;
  /** Seconds of silence after which an answer is handed in; null never does. */
  autoEndSeconds: number | null;
  selfView: boolean;
}

const place = 'ik-room-preferences';
const standard: Preferences = {
  microphoneId: null,
  cameraId: null,
  engine: 'auto',
  voice: null,
  rate: 1,
  autoEndSeconds: null,
  selfView: true,
};

function read(): Preferences {
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? '{}') as Partial<Preferences>;
    return { ...standard, ...kept };
  } catch {
    return standard;
  }
}

let current: Preferences | null = null;
const listeners = new Set<() => void>();

function snapshot(): Preferences {
  current ??= read();
  return current;
}

export function changePreferences(change: Partial<Preferences>): void {
  current = { ...snapshot(), ...change };
  try {
    localStorage.setItem(place, JSON.stringify(current));
  } catch {
    // Storage is switched off or full: the choice holds until the page is left.
  }
  listeners.forEach((listener) => listener());
}

/** Forgets what is held in memory; the next look reads the browser's storage again. */
export function rereadPreferences(): void {
  current = null;
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, snapshot);
}
