import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';

import { readCapabilities } from '@/lib/capabilities';
import type { RecordingTransport } from '@/lib/recording/types';
import { useLocalRecordings } from '@/lib/recording/use-local-recordings';
import { useRecording } from '@/lib/recording/use-recording';
import type { SpeechEngine, SpeechPart, UploadPart } from '@/lib/speech/types';
import { useSpeech } from '@/lib/speech/use-speech';
import { useMediaDevices, useMediaStream } from '@/lib/use-media-devices';
import { useReadAloud } from '@/lib/use-read-aloud';
import { addSpoken } from '@/lib/speech/spoken-text';

const asked = new URLSearchParams(location.search);
const engine = (asked.get('engine') ?? 'server') as SpeechEngine;
const mode = asked.get('mode') === 'local' ? 'local' : 'server';

/** Throws as the product's API does: a problem's type and status, or whatever fetch throws. */
async function ask(
  method: string,
  path: string,
  signal: AbortSignal,
  body?: Blob | string,
): Promise<Response> {
  const response = await fetch(path, { method, signal, body: body ?? null });
  if (response.ok) return response;
  throw Object.assign(new Error(path), { type: await response.text(), status: response.status });
}

const uploadPart: UploadPart = async ({ take, seq, blob, offsetMs, durationMs }, signal) => {
  const path = `/api/speech/${take}/${seq}?offset_ms=${offsetMs}&duration_ms=${durationMs}`;
  return (await (await ask('PUT', path, signal, blob)).json()) as SpeechPart;
};

const transport: RecordingTransport = {
  begin: async (_, { id, ...recording }, signal) => {
    await ask('PUT', `/api/recordings/${id}`, signal, JSON.stringify(recording));
  },
  has: async (_, id, signal) =>
    (await (await ask('GET', `/api/recordings/${id}`, signal)).json()) as Awaited<
      ReturnType<RecordingTransport['has']>
    >,
  send: async (_, id, seq, chunk, _digest, signal) => {
    await ask('PUT', `/api/recordings/${id}/chunks/${seq}`, signal, chunk);
  },
  complete: async (_, id, chunks, signal) => {
    await ask('POST', `/api/recordings/${id}/complete`, signal, String(chunks));
    return { missing: [] };
  },
};

function Harness() {
  const devices = useMediaDevices();
  const media = useMediaStream(devices.choice);
  const [parts, setParts] = useState<SpeechPart[]>([]);
  const [text, setText] = useState('');
  const speech = useSpeech({
    engine,
    lang: 'en-US',
    scope: 'question',
    stream: media.stream,
    uploadPart,
    parts,
    onFinal: (segment) => setText((before) => addSpoken(before, segment)),
  });
  const recording = useRecording({ owner: 'ann', scope: 'interview', mode, stream: media.stream, transport });
  const local = useLocalRecordings('ann');
  const aloud = useReadAloud('en-GB');

  useEffect(() => {
    if (engine !== 'server' || mode !== 'server') return undefined;
    const timer = setInterval(() => {
      fetch('/api/speech')
        .then(async (response) => setParts((await response.json()) as SpeechPart[]))
        .catch(() => undefined);
    }, 500);
    return () => clearInterval(timer);
  }, []);

  useEffect(() => {
    Object.assign(window, {
      harness: { devices, media, speech, recording, local, aloud, text, readCapabilities },
    });
  });
  return null;
}

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <Harness />
    </StrictMode>,
  );
}
