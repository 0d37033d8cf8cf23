import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

import { noRecording, RecordingSession } from './session';
import type { RecordingMode, RecordingState, RecordingTransport } from './types';

export interface RecordingSettings {
  /** Whose recording: what one person left behind is never sent in another's name. */
  owner: string;
  /** What it belongs to (an interview). */
  scope: string;
  mode: RecordingMode;
  /** Camera and microphone, borrowed and never stopped here. A new stream during a recording begins a further piece. */
  stream: MediaStream | null;
  /** Not needed for `local`. */
  transport?: RecordingTransport;
}

export interface Recording extends RecordingState {
  start: () => void;
  /** `finishing` until the server has everything, then `done`. */
  stop: () => void;
}

/**
 * Records the stream in one-second chunks that are kept in this browser before anything else happens to them, and sends them
 * on. What an earlier page left unsent for this owner is sent and completed too (it counts in `backlog`, not in `status`). Leaving the
 * room stops the recording; what is kept goes on being sent.
 */
export function useRecording(settings: RecordingSettings): Recording {
  const { owner, scope, mode, stream } = settings;
  const [state, setState] = useState<RecordingState>(() => noRecording(mode));
  const session = useRef<RecordingSession | null>(null);
  const latest = useRef(settings);

  useEffect(() => {
    latest.current = settings;
  });

  useEffect(() => {
    const { transport, stream } = latest.current;
    const own = new RecordingSession(
      { owner, scope, mode },
      mode === 'server' ? transport : undefined,
      setState,
    );
    session.current = own;
    own.use(stream);
    void own.resume();
    return () => {
      own.end();
      session.current = null;
      setState(noRecording(mode));
    };
  }, [owner, scope, mode]);

  useEffect(() => {
    session.current?.use(stream);
  }, [stream]);

  const start = useCallback(() => session.current?.start(), []);
  const stop = useCallback(() => session.current?.stop(), []);
  return useMemo(() => ({ ...state, start, stop }), [state, start, stop]);
}
