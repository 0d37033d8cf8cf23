import Button from 'react-bootstrap/Button';

import { Icon } from '@/components/icon';

import { isOpen } from './engine-words';
import type { AnswerSpeech } from './use-answer-speech';
import { useSpeakKey } from './use-speak-key';

interface Props {
  speech: AnswerSpeech;
  disabled: boolean;
  onStart: () => void;
  /** Speaking was not agreed to yet: shows where that is done. */
  onAsk: () => void;
}

/** Speak, and stop. One press each, by hand or with Ctrl + M. */
export function SpeakButton({ speech, disabled, onStart, onAsk }: Props) {
  const open = isOpen(speech.status);
  function toggle(): void {
    if (disabled) return;
    if (open) speech.stop();
    else onStart();
  }
  useSpeakKey(speech.ready, toggle);

  if (!speech.possible) return null;
  if (!speech.ready)
    return (
      <Button variant="words" className="speak-ask" onClick={onAsk}>
        <Icon name="mic" /> Speak instead
      </Button>
    );
  return (
    <Button
      variant="quiet"
      className="speak-button"
      data-open={open || undefined}
      disabled={disabled}
      aria-keyshortcuts="Control+M"
      onClick={toggle}
    >
      <Icon name={open ? 'stop' : 'mic'} />
      {open ? 'Stop' : 'Speak'}
      <kbd className="speak-key" aria-hidden="true">
        Ctrl M
      </kbd>
    </Button>
  );
}
