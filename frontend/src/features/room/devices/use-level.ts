import { useEffect, useRef, type RefObject } from 'react';

/** Draws how loud a microphone is into an element's `--level` (0 to 1), past React: it changes at every frame. */
export function useLevel(stream: MediaStream | null): RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (stream === null || typeof AudioContext === 'undefined') return;
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 1024;
    const source = context.createMediaStreamSource(stream);
    source.connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let frame = 0;
    const draw = () => {
      analyser.getFloatTimeDomainData(samples);
      const loudness = Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);
      // -60 dB is silence, -10 dB a loud voice; ears count in decibels.
      const level = Math.min(1, Math.max(0, (20 * Math.log10(loudness + 1e-6) + 60) / 50));
      element.current?.style.setProperty('--level', level.toFixed(3));
      frame = requestAnimationFrame(draw);
    };
    draw();
    return () => {
      cancelAnimationFrame(frame);
      source.disconnect();
      void context.close();
    };
  }, [stream]);
  return element;
}
