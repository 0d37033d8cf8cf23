import { useEffect, useLayoutEffect, useRef, useState } from 'react';

import { rememberRecordedHere } from '@/lib/recorded-here';
import type { RecordingMode } from '@/lib/recording/types';
import { useRecording } from '@/lib/recording/use-recording';

import { finishLater } from './finish-later';
import { guardedTransport } from './transport';

interface Options {
  owner: string;
  interviewId: string;
  /** `server` only while the consent is in force. */
  mode: RecordingMode | 'off';
  /** Between the first question and the last. */
  running: boolean;
  stream: MediaStream | null;
}

/** Records while it is agreed to and the interview runs. A reload begins a further piece; nothing recorded is lost by it. */
export function useRoomRecording({ owner, interviewId, mode, running, stream }: Options) {
  const [{ transport, agree }] = useState(() => guardedTransport(interviewId));
  // Before anything that is done because of the change.
  useLayoutEffect(() => {
    agree(mode === 'server');
  }, [agree, mode]);
  const recording = useRecording({
    owner,
    scope: interviewId,
    mode: mode === 'local' ? 'local' : 'server',
    stream,
    transport,
  });
  const { status, start, stop } = recording;
  const wanted = mode !== 'off' && running && stream !== null;
  const begun = useRef<RecordingMode | null>(null);

  useEffect(() => {
    if (wanted && begun.current !== mode) {
      begun.current = mode;
      rememberRecordedHere(owner);
      start();
    } else if (!wanted && begun.current !== null && (mode === 'off' || !running)) {
      begun.current = null;
      stop();
    }
  }, [mode, owner, running, start, stop, wanted]);

  useEffect(() => {
    if (mode !== 'server') return;
    // The page goes on to the report while the last pieces are still on their way.
    return () => finishLater(owner);
  }, [mode, owner]);

  // Somebody who takes back the consent while the last seconds are on their way means just that: no failure.
  const over = status === 'done' || recording.failure?.kind === 'consent-missing';
  return { ...recording, status: mode === 'off' && over ? ('off' as const) : status };
}
