import { useEffect, useRef } from 'react';

/**
 * After a page was turned the reader goes on at the top of the new one: the returned element gets the focus, once the
 * rows are there.
 */
export function useTurnedPage(page: number, ready: boolean) {
  const top = useRef<HTMLParagraphElement>(null);
  const seen = useRef(page);
  useEffect(() => {
    if (!ready || seen.current === page) return;
    seen.current = page;
    top.current?.focus({ preventScroll: true });
    top.current?.scrollIntoView({ block: 'start' });
  }, [page, ready]);
  return top;
}
