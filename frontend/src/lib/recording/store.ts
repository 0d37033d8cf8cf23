// idb: IndexedDB with promises in 1.2 kB gzip; its own events end a transaction at the wrong `await` without a word.
import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb';

import { headOf, restFile } from './rest';
import type { RecordingMode } from './types';

/** A recording as this browser keeps it. */
export interface KeptRecording {
  id: string;
  owner: string;
  scope: string;
  mode: RecordingMode;
  contentType: string;
  startedAt: string;
  /** Recorded so far, sent or not; the next chunk's number. */
  chunks: number;
  bytes: number;
  seconds: number;
  sentChunks: number;
  sentBytes: number;
  /** Whether the server knows of it. */
  begun: boolean;
  /** Nothing will be added. */
  finished: boolean;
  /** What a player needs first, for when the chunk it came in has been sent. */
  head?: ArrayBuffer;
  /** Seconds: what came before is with the server, which then took no more. */
  restFrom?: number;
}

interface KeptChunk {
  recording: string;
  seq: number;
  data: ArrayBuffer;
}

interface Schema extends DBSchema {
  recordings: { key: string; value: KeptRecording; indexes: { owner: string } };
  chunks: { key: [string, number]; value: KeptChunk };
}

const name = 'ik-recordings';
let opened: Promise<IDBPDatabase<Schema>> | null = null;

function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>(name, 1, {
    upgrade(db) {
      db.createObjectStore('recordings', { keyPath: 'id' }).createIndex('owner', 'owner');
      db.createObjectStore('chunks', { keyPath: ['recording', 'seq'] });
    },
    blocking: () => void close(),
    terminated: () => {
      opened = null;
    },
  }).catch((error: unknown) => {
    opened = null;
    throw error;
  });
  return opened;
}

async function close(): Promise<void> {
  const db = await opened?.catch(() => null);
  opened = null;
  db?.close();
}

/** For tests: as if this browser had never kept anything. */
export async function emptyStore(): Promise<void> {
  await close();
  await deleteDB(name);
}

function range(id: string, from = 0, to = Number.MAX_SAFE_INTEGER): IDBKeyRange {
  return IDBKeyRange.bound([id, from], [id, to]);
}

/** Starts to keep a recording. */
export async function keepRecording(
  recording: Pick<KeptRecording, 'id' | 'owner' | 'scope' | 'mode' | 'contentType' | 'startedAt'>,
): Promise<void> {
  const nothing = {
    chunks: 0,
    bytes: 0,
    seconds: 0,
    sentChunks: 0,
    sentBytes: 0,
    begun: false,
    finished: false,
  };
  await (await database()).add('recordings', { ...recording, ...nothing });
}

/** Keeps the next chunk: all of it and its count, or, when there is no room, nothing. Undefined when the recording is gone or over. */
export async function keepChunk(id: string, data: ArrayBuffer, seconds: number): Promise<number | undefined> {
  const work = (await database()).transaction(['recordings', 'chunks'], 'readwrite');
  const recordings = work.objectStore('recordings');
  const recording = await recordings.get(id);
  if (recording?.finished !== false) {
    await work.done;
    return undefined;
  }
  const seq = recording.chunks;
  if (seq === 0) recording.head = headOf(data, recording.contentType);
  await Promise.all([
    work.objectStore('chunks').add({ recording: id, seq, data }),
    recordings.put({ ...recording, chunks: seq + 1, bytes: recording.bytes + data.byteLength, seconds }),
    work.done,
  ]);
  return seq;
}

/** Changes what is known of a recording; undefined when it is gone. */
export async function changeRecording(
  id: string,
  change: Partial<Pick<KeptRecording, 'begun' | 'finished'>>,
): Promise<KeptRecording | undefined> {
  const work = (await database()).transaction('recordings', 'readwrite');
  const recording = await work.store.get(id);
  if (recording !== undefined) {
    Object.assign(recording, change);
    await work.store.put(recording);
  }
  await work.done;
  return recording;
}

export async function keptRecording(id: string): Promise<KeptRecording | undefined> {
  return (await database()).get('recordings', id);
}

export async function keptRecordings(owner: string): Promise<KeptRecording[]> {
  return (await database()).getAllFromIndex('recordings', 'owner', owner);
}

/** The first chunk that is still here. */
export async function firstChunk(id: string): Promise<{ seq: number; data: ArrayBuffer } | undefined> {
  const cursor = await (await database()).transaction('chunks').store.openCursor(range(id));
  return cursor?.value;
}

/** The server has it: room for the next. */
export async function dropChunk(id: string, seq: number): Promise<void> {
  const work = (await database()).transaction(['recordings', 'chunks'], 'readwrite');
  const chunks = work.objectStore('chunks');
  const recordings = work.objectStore('recordings');
  const [chunk, recording] = await Promise.all([chunks.get([id, seq]), recordings.get(id)]);
  if (chunk !== undefined && recording !== undefined) {
    recording.sentChunks += 1;
    recording.sentBytes += chunk.data.byteLength;
    await Promise.all([chunks.delete([id, seq]), recordings.put(recording)]);
  }
  await work.done;
}

/** The server will take no more: the recording ends with what it has. */
export async function cutToSent(id: string): Promise<KeptRecording | undefined> {
  const work = (await database()).transaction(['recordings', 'chunks'], 'readwrite');
  const recordings = work.objectStore('recordings');
  const recording = await recordings.get(id);
  if (recording !== undefined) {
    const cut = { ...recording, chunks: recording.sentChunks, bytes: recording.sentBytes, finished: true };
    await Promise.all([work.objectStore('chunks').delete(range(id)), recordings.put(cut)]);
    await work.done;
    return cut;
  }
  await work.done;
  return undefined;
}

/** The server has ended the recording: what it lacks stays here. False when it lacks nothing; then nothing stays. */
export async function keepRest(id: string): Promise<boolean> {
  const work = (await database()).transaction(['recordings', 'chunks'], 'readwrite');
  const recordings = work.objectStore('recordings');
  const [recording, first] = await Promise.all([
    recordings.get(id),
    work.objectStore('chunks').openKeyCursor(range(id)),
  ]);
  const from = first?.key[1];
  if (recording !== undefined && from !== undefined) {
    // Chunks are about as long as each other.
    const restFrom = (recording.seconds * from) / recording.chunks;
    await recordings.put({ ...recording, mode: 'local', restFrom });
  } else await recordings.delete(id);
  await work.done;
  return recording !== undefined && from !== undefined;
}

export async function dropRecording(id: string): Promise<void> {
  const work = (await database()).transaction(['recordings', 'chunks'], 'readwrite');
  await Promise.all([
    work.objectStore('recordings').delete(id),
    work.objectStore('chunks').delete(range(id)),
    work.done,
  ]);
}

/** Everything recorded that is still here, as one file. Undefined when it is gone. */
export async function recordingFile(id: string): Promise<Blob | undefined> {
  const db = await database();
  const recording = await db.get('recordings', id);
  if (recording === undefined) return undefined;
  const chunks = await db.getAll('chunks', range(id));
  const { head, contentType } = recording;
  if (head !== undefined && chunks[0]?.seq !== 0)
    return restFile(
      head,
      chunks.map(({ data }) => data),
      contentType,
    );
  return new Blob(
    chunks.map(({ data }) => data),
    { type: contentType },
  );
}
