import { useQuery } from '@tanstack/react-query';

import { sessionQuery } from '@/api/session/session';
import type { User } from '@/api/types';
import { useLogOutAsking } from '@/app/shell/use-log-out-asking';
import { PageTitle } from '@/components/page-title';
import { ConsentsSection } from '@/features/account/consents-section';
import { ProfileSection } from '@/features/account/profile-section';
import { RecordingsSection } from '@/features/account/recordings-section';
import { SessionSection } from '@/features/account/session-section';
import { useSendRest } from '@/features/room/recording/use-send-rest';

export function Component() {
  const user = useQuery(sessionQuery).data?.user ?? null;
  useSendRest(user?.id);
  return (
    <div className="page">
      <PageTitle>Account</PageTitle>
      <div className="page-head">
        <h1>Account</h1>
      </div>
      {user !== null && (
        <div>
          <ProfileSection user={user} />
          {user.role === 'candidate' && (
            <>
              <RecordingsSection owner={user.id} />
              <ConsentsSection />
            </>
          )}
          <Session user={user} />
        </div>
      )}
    </div>
  );
}

function Session({ user }: { user: User }) {
  const { busy, error, logOut, question } = useLogOutAsking(user);
  return (
    <>
      <SessionSection busy={busy} error={error} onLogOut={logOut} />
      {question}
    </>
  );
}
