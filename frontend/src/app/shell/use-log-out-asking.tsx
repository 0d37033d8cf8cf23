import { lazy, Suspense, useState, type ReactNode } from 'react';

import { useLogOut } from '@/api/session/log-out';
import type { User } from '@/api/types';
import { hasRecordedHere } from '@/lib/recorded-here';

const LogOutDialog = lazy(() =>
  import('./log-out-dialog').then((dialog) => ({ default: dialog.LogOutDialog })),
);

interface LogOutAsking {
  busy: boolean;
  error: unknown;
  logOut: () => void;
  /** To be placed anywhere: the question, while it is open. */
  question: ReactNode;
}

/** Logging out, from wherever: asks first when this person has recorded something that stays in this browser. */
export function useLogOutAsking(user: User): LogOutAsking {
  const leave = useLogOut();
  const [asking, setAsking] = useState(false);
  return {
    busy: leave.isPending,
    error: leave.error,
    logOut: () => (hasRecordedHere(user.id) ? setAsking(true) : leave.mutate()),
    question: asking && (
      <Suspense>
        <LogOutDialog
          owner={user.id}
          busy={leave.isPending}
          error={leave.error}
          onLogOut={() => leave.mutate()}
          onClose={() => setAsking(false)}
        />
      </Suspense>
    ),
  };
}
