import { useState } from 'react';

import { ConfirmDialog } from '@/components/confirm-dialog';
import { ProblemNotice } from '@/components/problem-notice';

import { errorAt } from './errors';
import { TextArea } from './text-area';

interface Props {
  title: string;
  confirm: string;
  busy: boolean;
  error: unknown;
  /** Whether the form has changes that would be gone. */
  dirty?: boolean;
  onConfirm: (note: string) => void;
  onCancel: () => void;
}

/** Asks why, because the history keeps it. */
export function ReasonDialog({ title, confirm, busy, error, dirty = false, onConfirm, onCancel }: Props) {
  const [note, setNote] = useState('');
  return (
    <ConfirmDialog
      open
      title={title}
      confirm={confirm}
      cancel="Cancel"
      busy={busy}
      onConfirm={() => onConfirm(note)}
      onCancel={onCancel}
    >
      {dirty && <p>What you changed in the form and did not save is dropped.</p>}
      <TextArea
        label="Reason, for the history"
        value={note}
        longest={300}
        error={errorAt(error, 'note')}
        onType={setNote}
      />
      {error !== null && <ProblemNotice error={error} />}
    </ConfirmDialog>
  );
}
