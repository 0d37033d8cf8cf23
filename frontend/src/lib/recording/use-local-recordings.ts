import type { LocalRecording } from './types';

export interface LocalRecordings {
  /** Null while reading. Newest first. */
  recordings: readonly LocalRecording[] | null;
  failed: boolean;
  /** A blob: address to play or download; revoked with the component. Null when it is gone. */
  url: (id: string) => Promise<string | null>;
  remove: (id: string) => Promise<void>;
  refresh: () => void;
}

const nothing: LocalRecordings = {
  recordings: [],
  failed: false,
  url: () => Promise.resolve(null),
  remove: () => Promise.resolve(),
  refresh: () => undefined,
};

/** What this owner recorded in this browser only; all scopes unless one is named. */
export const useLocalRecordings: (owner: string, scope?: string) => LocalRecordings = () => nothing;
