import { useState } from 'react';

import { ConfirmDialog } from '@/components/confirm-dialog';
import { ProblemNotice } from '@/components/problem-notice';

import { TextArea } from './text-area';

interface Props {
  title: string;
  confirm: string;
  busy: boolean;
  error: unknown;
  onConfirm: (note: string) => void;
  onCancel: () => void;
}

/** Asks why, because the history keeps it. */
export function ReasonDialog({ title, confirm, busy, error, onConfirm, onCancel }: Props) {
  const [note, setNote] = useState('');
  const ready = note.trim().length >= 3;
  return (
    <ConfirmDialog
      open
      title={title}
      confirm={confirm}
      cancel="Cancel"
      busy={busy || !ready}
      onConfirm={() => onConfirm(note)}
      onCancel={onCancel}
    >
      <TextArea label="Reason, for the history" value={note} onType={setNote} />
      {error !== null && <ProblemNotice error={error} />}
    </ConfirmDialog>
  );
}
