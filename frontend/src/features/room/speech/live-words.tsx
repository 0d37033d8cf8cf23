import { useEffect, useRef } from 'react';

import { plural } from '@/lib/format';

import { goesTo, isOpen, statusWords } from './engine-words';
import type { AnswerSpeech } from './use-answer-speech';
import { VoiceMeter } from './voice-meter';

interface Props {
  speech: AnswerSpeech;
  /** Something below already says that words are still being written down. */
  told: boolean;
}

/** Under the text: whether somebody listens, where the voice goes, and the words that are not certain yet. */
export function LiveWords({ speech, told }: Props) {
  const { status, facts, interim, pending, unsent, installing } = speech;
  const open = isOpen(status);
  const place = useRef<HTMLDivElement>(null);
  const hearing = interim !== '';
  useEffect(() => {
    // What is being heard is the caption: it must not lie under the bar.
    if (open || hearing) place.current?.scrollIntoView({ block: 'nearest' });
  }, [open, hearing]);
  const waiting = pending > 0 || status === 'finishing';
  return (
    <div
      className="live"
      ref={place}
      data-open={open || undefined}
      hidden={!open && (told || !waiting) && interim === ''}
    >
      {interim !== '' && (
        <p className="live-words said flush">
          <span className="visually-hidden">Not certain yet: </span>
          {interim}
        </p>
      )}
      <p className="live-head small flush">
        {open && <VoiceMeter meter={speech.meter} />}
        <span role="status">
          {installing ? 'The browser fetches what it needs to listen on this device…' : statusWords[status]}
          {open && !installing && facts.goesTo !== null && <span className="muted"> · {goesTo(facts)}</span>}
        </span>
        {(status === 'listening' || status === 'thinking') && (
          <button
            type="button"
            className="btn btn-words live-think"
            aria-pressed={status === 'thinking'}
            onClick={() => speech.think(status !== 'thinking')}
          >
            {status === 'thinking' ? 'I go on' : 'I am thinking'}
          </button>
        )}
      </p>
      {interim === '' && open && facts.engine === 'server' && pending === 0 && (
        <p className="flush small muted">Your words appear here a few seconds after each pause.</p>
      )}
      {pending > 0 && !told && (
        <p className="flush small muted">
          {plural(pending, 'part')} of what you said {pending === 1 ? 'is' : 'are'} being written down
          {unsent > 0 && `; ${unsent === pending ? '' : `${unsent} of them `}not sent yet and kept here`}.
        </p>
      )}
    </div>
  );
}
