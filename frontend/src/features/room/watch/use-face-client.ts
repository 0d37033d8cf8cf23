import { useCallback, useEffect, useRef, useState } from 'react';

import { FaceClient } from '@/lib/face/face-client';
import type { FaceClientState, Sample } from '@/lib/face/types';

interface Options {
  /** The camera, while there is one and somebody agreed to it being looked at. */
  stream: MediaStream | null;
  wanted: boolean;
  expression: boolean;
  onSample: (sample: Sample) => void;
  onState: (state: FaceClientState) => void;
}

/** Looks at the camera through the worker. Pictures end there; numbers come out. */
export function useFaceClient({ stream, wanted, expression, onSample, onState }: Options) {
  const [state, setState] = useState<FaceClientState | null>(null);
  const client = useRef<FaceClient | null>(null);
  const latest = useRef({ onSample, onState });
  useEffect(() => {
    latest.current = { onSample, onState };
  });

  useEffect(() => {
    if (!wanted || stream === null) return;
    const video = document.createElement('video');
    video.muted = true;
    video.playsInline = true;
    video.srcObject = stream;
    void video.play().catch(() => undefined); // the client itself says when nothing arrives
    const current = new FaceClient({
      onSample: (sample) => latest.current.onSample(sample),
      onState: (next) => {
        setState(next);
        latest.current.onState(next);
      },
    });
    client.current = current;
    current.start(video, { expression });
    return () => {
      current.stop();
      client.current = null;
      video.srcObject = null;
      setState(null);
    };
  }, [expression, stream, wanted]);

  return { state, retry: useCallback(() => client.current?.retry(), []) };
}
