import type { RecordingTransport } from './types';

/**
 * Sends and completes what earlier pages of this owner left behind, all scopes, except what another tab has in hand.
 * For a page outside the room, such as the list of recordings. Returns the function that ends it.
 */
export declare function resumeRecordings(
  owner: string,
  transport: RecordingTransport,
  onBacklog?: (backlog: { recordings: number; chunks: number; bytes: number }) => void,
): () => void;

/** Deletes everything of this owner that this browser keeps, sent or not. */
export declare function forgetRecordings(owner: string): Promise<void>;
