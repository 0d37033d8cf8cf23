import { ConfirmDialog } from '@/components/confirm-dialog';

interface Props {
  open: boolean;
  last: boolean;
  written: boolean;
  busy: boolean;
  onCancel: () => void;
  onConfirm: () => void;
}

/** Skipping is final, so it asks once. */
export function SkipDialog({ open, last, written, busy, onCancel, onConfirm }: Props) {
  return (
    <ConfirmDialog
      open={open}
      title="Skip this question?"
      confirm={last ? 'Skip and finish' : 'Skip it'}
      cancel="Keep writing"
      busy={busy}
      onCancel={onCancel}
      onConfirm={onConfirm}
    >
      <p>
        You cannot come back to it in this interview
        {written ? ', and what you wrote here is not handed in.' : '.'} A skipped question does not lower any
        figure; it is listed as skipped.
      </p>
    </ConfirmDialog>
  );
}
