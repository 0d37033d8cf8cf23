import { useState } from 'react';
import Button from 'react-bootstrap/Button';

import { Icon } from '@/components/icon';

/** Two soft tones. Made here, so there is nothing to load. */
async function playTones(): Promise<void> {
  const context = new AudioContext();
  try {
    await context.resume();
    const begin = context.currentTime + 0.05;
    for (const [index, pitch] of [523.25, 659.25].entries()) {
      const at = begin + index * 0.28;
      const tone = context.createOscillator();
      const loudness = context.createGain();
      tone.frequency.value = pitch;
      loudness.gain.setValueAtTime(0, at);
      loudness.gain.linearRampToValueAtTime(0.18, at + 0.03);
      loudness.gain.exponentialRampToValueAtTime(0.001, at + 0.45);
      tone.connect(loudness).connect(context.destination);
      tone.start(at);
      tone.stop(at + 0.5);
    }
    await new Promise((done) => setTimeout(done, 900));
  } finally {
    await context.close();
  }
}

/** A sound to hear whether questions can be heard when they are read aloud. */
export function SpeakerCheck() {
  const [state, setState] = useState<'never' | 'playing' | 'played' | 'failed'>('never');
  return (
    <div className="check-line">
      <Icon name="speaker" />
      <div className="check-text">
        <strong>Speaker</strong>
        <span className="muted" role="status">
          {state === 'failed'
            ? 'The browser could not play a sound. Questions are always shown in writing.'
            : state === 'played'
              ? 'Two tones were played. If you heard nothing, look at the volume.'
              : 'For questions that are read aloud.'}
        </span>
      </div>
      <Button
        variant="quiet"
        onClick={() => {
          if (state === 'playing') return;
          setState('playing');
          playTones().then(
            () => setState('played'),
            () => setState('failed'),
          );
        }}
      >
        {state === 'playing' ? 'Playing…' : state === 'played' ? 'Play again' : 'Play a sound'}
      </Button>
    </div>
  );
}
