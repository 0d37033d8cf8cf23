import { ConfirmDialog } from '@/components/confirm-dialog';

interface Props {
  open: boolean;
  last: boolean;
  followUp: boolean;
  written: boolean;
  busy: boolean;
  onCancel: () => void;
  onConfirm: () => void;
}

/** Skipping is final, so it asks once. */
export function SkipDialog({ open, last, followUp, written, busy, onCancel, onConfirm }: Props) {
  return (
    <ConfirmDialog
      open={open}
      title={followUp ? 'Skip this follow-up?' : 'Skip this question?'}
      confirm={last ? 'Skip and finish' : 'Skip it'}
      cancel="Keep writing"
      busy={busy}
      onCancel={onCancel}
      onConfirm={onConfirm}
    >
      <p>
        You cannot come back to it in this interview
        {written ? ', and what you wrote here is not handed in.' : '.'}{' '}
        {followUp
          ? 'What you answered before it counts as it is.'
          : 'A skipped question does not lower any figure; it is listed as skipped.'}
      </p>
    </ConfirmDialog>
  );
}
