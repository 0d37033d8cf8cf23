import { useEffect, useRef } from 'react';

import type { SpeechMeter } from '@/lib/speech/types';

/** That something is heard, for the eye. Drawn past React: it changes at every frame. */
export function VoiceMeter({ meter }: { meter: SpeechMeter }) {
  const element = useRef<HTMLSpanElement>(null);
  useEffect(
    () =>
      meter.subscribe(({ level, speaking }) => {
        element.current?.style.setProperty('--level', level.toFixed(3));
        element.current?.toggleAttribute('data-speaking', speaking);
      }),
    [meter],
  );
  return (
    <span className="voice-meter" ref={element} aria-hidden="true">
      <span />
      <span />
      <span />
      <span />
    </span>
  );
}
