import { lazy, Suspense, useState, type ReactNode } from 'react';

import { useLogOut } from '@/api/session/log-out';
import type { User } from '@/api/types';
import { hasRecordedHere } from '@/lib/recorded-here';

const LogOutDialog = lazy(() =>
  import('./log-out-dialog').then((dialog) => ({ default: dialog.LogOutDialog })),
);

async function keepsSomething(owner: string): Promise<boolean> {
  const { keptRecordings } = await import('@/lib/recording/store');
  const kept = await keptRecordings(owner);
  return kept.some(({ mode, bytes, sentBytes }) => mode === 'local' || bytes > sentBytes);
}

interface LogOutAsking {
  busy: boolean;
  error: unknown;
  logOut: () => void;
  /** To be placed anywhere: the question, while it is open. */
  question: ReactNode;
}

/** Logging out, from wherever: asks first when something that this person recorded is in this browser and nowhere else. */
export function useLogOutAsking(user: User): LogOutAsking {
  const leave = useLogOut();
  const [asking, setAsking] = useState(false);
  return {
    busy: leave.isPending,
    error: leave.error,
    logOut: () => {
      if (!hasRecordedHere(user.id)) leave.mutate();
      else
        keepsSomething(user.id).then(
          (keeps) => (keeps ? setAsking(true) : leave.mutate()),
          () => setAsking(true),
        );
    },
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
