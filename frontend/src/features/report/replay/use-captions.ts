import { useMemo } from 'react';

import type { AskedQuestion } from '@/api/types';

import { cuesOf, webVtt } from './captions';
import type { Segment } from './timeline';

/** The captions of one part as the text of a WebVTT file. */
export function useCaptions(segments: Segment[], questions: AskedQuestion[]): string {
  return useMemo(() => {
    const spoken = questions.map(
      ({ id, text, answer }) =>
        [id, { question: text ?? '', answer: answer?.source === 'voice' ? answer.text : null }] as const,
    );
    return webVtt(cuesOf(segments, new Map(spoken)));
  }, [segments, questions]);
}
