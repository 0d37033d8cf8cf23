import type { Heard, AskedQuestion } from '@/api/types';
import type { SpeechState } from '@/lib/speech/types';
import { keepInTab, readFromTab } from '@/lib/tab-memory';

interface Kept {
  engine: 'browser' | 'on_device';
  text: string;
}

const placeOf = (questionId: string) => `ik-heard-${questionId}`;

/** What was heard before the page was loaded anew. */
export function readHeard(questionId: string): Kept | null {
  return readFromTab(placeOf(questionId)) as Kept | null;
}

export function keepHeard(questionId: string, heard: Heard | null): void {
  keepInTab(placeOf(questionId), heard === null || heard.engine === 'server' ? null : heard);
}

/** How this answer came about, to be said when it is handed in. Null when nothing of it was spoken. */
export function heardOf(
  question: Pick<AskedQuestion, 'speech'>,
  heard: SpeechState['heard'],
  before: Kept | null,
): Heard | null {
  // The server assembles itself what it heard.
  if (heard.server !== '' || question.speech.some(({ status }) => status === 'done'))
    return { engine: 'server', text: null };
  const engine = heard.on_device !== '' ? 'on_device' : heard.browser !== '' ? 'browser' : before?.engine;
  if (engine === undefined) return null;
  const text = [before?.text ?? '', heard[engine]].filter((part) => part !== '').join(' ');
  return { engine, text };
}
