import { isProblem, ProblemError } from '@/api/problem';
import { completeRecording } from '@/api/room/complete-recording';
import { getRecording } from '@/api/room/get-recording';
import { openRecording } from '@/api/room/open-recording';
import { sendRecordingChunk } from '@/api/room/send-recording-chunk';
import { isTakenBack } from '@/features/room/captures/taken-back';
import type { RecordingTransport } from '@/lib/recording/types';

/** How a recording reaches the server. Its scope is the interview. */
const recordingTransport: RecordingTransport = {
  begin: async (interviewId, { id, contentType, startedAt }, signal) => {
    const about = { content_type: contentType, started_at: startedAt };
    await openRecording(interviewId, id, about, signal);
  },
  has: async (interviewId, id, signal) => {
    try {
      const { received_chunks, missing, open } = await getRecording(interviewId, id, signal);
      return { received: received_chunks, missing, open };
    } catch (error) {
      if (isProblem(error, 'recording-not-found')) return null;
      throw error;
    }
  },
  send: async (interviewId, id, seq, chunk, digest, signal) => {
    await sendRecordingChunk(interviewId, id, seq, chunk, digest, signal);
  },
  complete: async (interviewId, id, chunks, signal) => {
    try {
      await completeRecording(interviewId, id, chunks, signal);
      return { missing: [] };
    } catch (error) {
      if (!isProblem(error, 'chunks-missing')) throw error;
      return { missing: error.extensions.missing as number[] };
    }
  },
};

/** The same, but no picture of this interview leaves the browser once the consent is taken back: refused here, as the server would. */
export function guardedTransport(interviewId: string) {
  let agreed = false;
  const transport = guarded((scope) =>
    scope === interviewId ? agreed : !isTakenBack(scope, 'video_recording'),
  );
  return { transport, agree: (now: boolean) => (agreed = now) };
}

/** Outside the room. */
export const restTransport = guarded((interviewId) => !isTakenBack(interviewId, 'video_recording'));

function guarded(agreed: (interviewId: string) => boolean): RecordingTransport {
  function require(scope: string): void {
    if (!agreed(scope)) throw new ProblemError('consent-missing', 409);
  }
  return {
    ...recordingTransport,
    begin: async (scope, recording, signal) => {
      require(scope);
      await recordingTransport.begin(scope, recording, signal);
    },
    send: async (scope, id, seq, chunk, digest, signal) => {
      require(scope);
      await recordingTransport.send(scope, id, seq, chunk, digest, signal);
    },
  };
}
