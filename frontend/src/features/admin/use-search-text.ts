import { useEffect, useState } from 'react';

const pause = 350;

interface SearchText {
  typed: string;
  type: (text: string) => void;
  /** Takes what is typed at once, without waiting for the pause. */
  commit: () => void;
}

/**
 * What stands in a search field. It is taken over after a pause in typing; when the value changes from outside (the
 * back button, "clear filters") the field follows.
 */
export function useSearchText(value: string, take: (text: string) => void): SearchText {
  const [typed, setTyped] = useState(value);
  const [seen, setSeen] = useState(value);
  const [taken, setTaken] = useState(value);
  if (value !== seen) {
    setSeen(value);
    // What came back from ourselves does not overwrite what was typed meanwhile.
    if (value !== taken) {
      setTaken(value);
      setTyped(value);
    }
  }

  function commit(): void {
    const text = typed.trim();
    if (text === taken) return;
    setTaken(text);
    take(text);
  }
  useEffect(() => {
    if (typed.trim() === taken) return;
    const timer = setTimeout(commit, pause);
    return () => clearTimeout(timer);
  });

  return { typed, type: setTyped, commit };
}
