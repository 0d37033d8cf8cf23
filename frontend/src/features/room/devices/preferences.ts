import { useSyncExternalStore } from 'react';

import type { SpeechEngine } from '@/lib/speech/types';

/** What this browser remembers for its person's comfort. Consent is never among it: the server keeps that, per interview. */
export interface Preferences {
  /** Which ear to use; `auto` takes the first that is possible. */
  engine: 'auto' | SpeechEngine;
  /** Seconds of silence after which an answer is handed in; null never does. */
  autoEndSeconds: number | null;
  selfView: boolean;
  /** Whether each question is read aloud when it comes. */
  readQuestions: boolean;
}

const place = 'ik-room-preferences';
const standard: Preferences = { engine: 'auto', autoEndSeconds: null, selfView: true, readQuestions: false };

let current: Preferences | null = null;
const listeners = new Set<() => void>();

function snapshot(): Preferences {
  current ??= read();
  return current;
}

function read(): Preferences {
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? '{}') as Partial<Preferences>;
    return { ...standard, ...kept };
  } catch {
    return standard;
  }
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

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, snapshot);
}
