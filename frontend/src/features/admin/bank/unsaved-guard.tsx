import { useBlocker } from 'react-router';

import { ConfirmDialog } from '@/components/confirm-dialog';
import { useLeaveWarning } from '@/components/page-title';

/** Asks before typed changes are left behind. */
export function UnsavedGuard({ active }: { active: boolean }) {
  const blocker = useBlocker(active);
  useLeaveWarning(active);
  return (
    <ConfirmDialog
      open={blocker.state === 'blocked'}
      title="Leave without saving?"
      confirm="Leave"
      cancel="Stay"
      onConfirm={() => blocker.proceed?.()}
      onCancel={() => blocker.reset?.()}
    >
      What you changed here is not saved yet.
    </ConfirmDialog>
  );
}
