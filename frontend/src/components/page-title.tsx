import { useEffect } from 'react';

/** The tab's title: what this page is, then whose. React hoists it into the head. */
export function PageTitle({ children }: { children: string }) {
  return <title>{`${children} · Interview Kit`}</title>;
}

/** Warns before the page is left by closing, reloading or another address, while `active`. */
export function useLeaveWarning(active: boolean): void {
  useEffect(() => {
    if (!active) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [active]);
}
