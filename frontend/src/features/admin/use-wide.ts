import { useSyncExternalStore } from 'react';

const wide = window.matchMedia('(min-width: 56rem)');

function subscribe(changed: () => void): () => void {
  wide.addEventListener('change', changed);
  return () => wide.removeEventListener('change', changed);
}

/** Whether there is room for a table; a list stands in its place where there is not. */
export function useWide(): boolean {
  return useSyncExternalStore(subscribe, () => wide.matches);
}
