import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';

import { roomQuery } from '@/api/room/get-room';
import { useUser } from '@/api/session/session';
import type { Interview } from '@/api/types';

import { usePresence } from '@/features/room/presence/use-presence';
import { useRecordHere } from '@/features/room/recording/record-here';
import { useRoomRecording } from '@/features/room/recording/use-room-recording';
import { useFaceClient } from '@/features/room/watch/use-face-client';
import { useMonitor } from '@/features/room/watch/use-monitor';
import { useNotices } from '@/features/room/watch/use-notices';
import './captures.css';
import { CapturesContext, type Captures } from './captures-context';
import { useConsents } from './use-consents';
import { useStreams } from './use-streams';

/** Holds what is on from the device check to the last answer. Each thing runs only while it is agreed to. */
export function CapturesProvider({ interview, children }: { interview: Interview; children: ReactNode }) {
  const owner = useUser()?.id ?? '';
  const room = useQuery(roomQuery);
  const consents = useConsents(interview, room.data);
  const notices = useNotices(interview.id);
  const [tried, setTried] = useState({ camera: false, microphone: false });
  const [recordHere, setRecordHere] = useRecordHere(interview.id);

  const running = interview.status === 'in_progress';
  const questionId = interview.current_question_id;
  const offered = room.data?.captures.some(({ id }) => id === 'expression_analysis') ?? false;
  const watching = consents.has('face_monitoring');
  const expression = offered && consents.has('expression_analysis');
  const recordingMode = consents.has('video_recording') ? 'server' : recordHere ? 'local' : 'off';
  const recorded = recordingMode !== 'off';

  const streams = useStreams({
    camera: watching || expression || recorded || (tried.camera && !running),
    microphone: recorded || (!running && (tried.microphone || consents.has('audio_transcription'))),
  });
  const monitor = useMonitor({
    interviewId: interview.id,
    active: running && watching,
    thresholds: room.data?.monitoring,
    questionId,
    onNotice: notices.put,
  });
  const count = usePresence({
    interviewId: interview.id,
    active: running && expression,
    questionId,
    baseline: monitor.baseline,
    degrees: room.data?.monitoring.looking_away_degrees,
  });
  const face = useFaceClient({
    stream: streams.camera.stream,
    wanted: running && (watching || expression),
    expression,
    onSample: (sample) => {
      monitor.sample(sample);
      count(sample);
    },
    onState: monitor.client,
  });
  const recording = useRoomRecording({
    owner,
    interviewId: interview.id,
    mode: recordingMode,
    running,
    // Without sound nothing is recorded until it is clear that there is none.
    stream: streams.microphone.status === 'asking' ? null : streams.both,
  });

  function chooseRecording(mode: Captures['recordingMode']): void {
    const capture = room.data?.captures.find(({ id }) => id === 'video_recording');
    setRecordHere(mode === 'local');
    if (mode === 'server' && capture !== undefined) consents.give(capture);
    else if (mode !== 'server') consents.withdraw('video_recording');
  }

  const captures: Captures = {
    interviewId: interview.id,
    running,
    offer: room.data,
    offerFailed: room.isError ? room.error : null,
    retryOffer: () => void room.refetch(),
    consents,
    recordingMode,
    chooseRecording,
    recording,
    streams,
    tried,
    tryDevice: (device, on) => setTried((before) => ({ ...before, [device]: on })),
    monitor: {
      state: monitor.state,
      warning: monitor.warning,
      dismissWarning: monitor.dismissWarning,
      face: face.state,
      retry: face.retry,
    },
    notices,
  };
  return <CapturesContext value={captures}>{children}</CapturesContext>;
}
