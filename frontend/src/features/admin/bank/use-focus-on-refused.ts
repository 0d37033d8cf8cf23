import { useEffect, useRef, type RefObject } from 'react';

/** Brings the first field that was refused to sight: in a long form it stands far above the button that was pressed. */
export function useFocusOnRefused(error: unknown): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (error !== null) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [error]);
  return form;
}
