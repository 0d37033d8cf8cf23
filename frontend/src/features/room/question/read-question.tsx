import { useEffect, useRef } from 'react';

import { Icon } from '@/components/icon';
import type { ReadAloud } from '@/lib/use-read-aloud';

import { usePreferences } from '@/features/room/devices/preferences';

interface Props {
  text: string;
  aloud: ReadAloud;
  /** Somebody speaks: the voice keeps quiet. */
  quiet: boolean;
}

/** Reads the question aloud, as often as wanted. Where no voice is installed there is nothing to press. */
export function ReadQuestion({ text, aloud, quiet }: Props) {
  const { readQuestions } = usePreferences();
  const { available, speaking, speak, stop, failed } = aloud;
  const begun = useRef(false);
  useEffect(() => {
    if (available !== true || begun.current) return;
    begun.current = true;
    if (readQuestions) speak(text);
  }, [available, readQuestions, speak, text]);
  useEffect(() => {
    if (quiet && speaking) stop();
  }, [quiet, speaking, stop]);

  if (available !== true) return null;
  return (
    <>
      <button
        type="button"
        className="btn btn-words"
        onClick={() => {
          if (speaking) stop();
          else speak(text);
        }}
      >
        <Icon name={speaking ? 'stop' : 'speaker'} size={18} />
        {speaking ? 'Stop reading' : 'Read aloud'}
      </button>
      <span className="small muted" role="status">
        {failed ? 'The browser could not read it aloud.' : ''}
      </span>
    </>
  );
}
