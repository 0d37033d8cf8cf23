import Button, { type ButtonProps } from 'react-bootstrap/Button';

interface Props extends ButtonProps {
  busy: boolean;
  /** What is going on, e.g. "Logging in…". */
  busyText: string;
}

/** Stays focusable while busy, so the focus is not lost, and ignores further presses. */
export function BusyButton({ busy, busyText, onClick, children, ...rest }: Props) {
  return (
    <Button
      {...rest}
      aria-disabled={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      <span aria-live="polite">{busy ? busyText : children}</span>
    </Button>
  );
}
