import { useEffect, useRef } from 'react';

/** Ctrl + M speaks and stops, wherever the focus is, unless a dialog is open. */
export function useSpeakKey(active: boolean, toggle: () => void): void {
  const latest = useRef(toggle);
  useEffect(() => {
    latest.current = toggle;
  });
  useEffect(() => {
    if (!active) return;
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'm' || !event.ctrlKey || event.altKey || event.metaKey || event.repeat)
        return;
      if (document.body.classList.contains('modal-open')) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [active]);
}
