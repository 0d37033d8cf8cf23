import { useCallback, useEffect, useState } from 'react';

import { reportFailure } from '@/api/query-client';
import { sendSpeechPart } from '@/api/room/send-speech-part';
import type { AskedQuestion } from '@/api/types';
import { addSpoken } from '@/lib/speech/spoken-text';
import type { UploadPart } from '@/lib/speech/types';
import { useSpeech } from '@/lib/speech/use-speech';

import type { Draft } from '@/features/room/answer/use-draft';
import { useCaptures } from '@/features/room/captures/captures-context';
import { usePreferences } from '@/features/room/devices/preferences';
import { heardOf, keepHeard, readHeard } from './heard';
import { useEngines } from './use-engines';

/** Speaking an answer: what is certain goes to the end of the text, what is not stays beside it. */
export function useAnswerSpeech(
  interviewId: string,
  question: AskedQuestion,
  draft: Draft,
  onAutoEnd: () => void,
) {
  const { consents, streams } = useCaptures();
  const { autoEndSeconds } = usePreferences();
  const { options, chosen } = useEngines();
  const allowed = consents.has('audio_transcription');
  const [before] = useState(() => readHeard(question.id));

  const uploadPart = useCallback<UploadPart>(
    async (part, signal) => {
      const { take, seq, offsetMs, durationMs, blob } = part;
      try {
        const sent = { take, seq, offsetMs, durationMs, audio: blob };
        return await sendSpeechPart(interviewId, question.id, sent, signal);
      } catch (error) {
        reportFailure(error);
        throw error;
      }
    },
    [interviewId, question.id],
  );

  const speech = useSpeech({
    engine: allowed ? (chosen?.engine ?? 'none') : 'none',
    lang: 'en-GB',
    scope: question.id,
    stream: streams.microphone.stream,
    deviceId: streams.devices.choice.microphone,
    uploadPart,
    parts: question.speech,
    place: chosen?.place ?? null,
    onFinal: (segment) => draft.edit((text) => addSpoken(text, segment)),
    autoEndAfter: autoEndSeconds,
    onAutoEnd,
  });

  const { cancel } = speech;
  useEffect(() => {
    if (!allowed) cancel();
  }, [allowed, cancel]);

  const heard = heardOf(question, speech.heard, before);
  const engine = heard?.engine ?? null;
  const text = heard?.text ?? null;
  useEffect(() => {
    keepHeard(question.id, engine === null ? null : { engine, text });
  }, [engine, question.id, text]);

  const possible = options.some((option) => option.engine !== 'none');
  const isNone = chosen === null || chosen.engine === 'none';
  return {
    ...speech,
    /** Some engine works here, whether or not it was agreed to. */
    possible,
    /** Agreed to, and an engine chosen. */
    ready: allowed && !isNone,
    answerHeard: heard,
    forgetHeard: useCallback(() => keepHeard(question.id, null), [question.id]),
  };
}

export type AnswerSpeech = ReturnType<typeof useAnswerSpeech>;
