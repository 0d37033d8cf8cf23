import { useLogOut } from '@/api/session/log-out';
import { BusyButton } from '@/components/busy-button';
import { ProblemNotice } from '@/components/problem-notice';

import { AccountSection } from './account-section';

export function SessionSection() {
  const logOut = useLogOut();
  return (
    <AccountSection
      id="session"
      title="This session"
      about="Logging out ends the session on the server and clears this tab. Do it when you share the machine."
    >
      {logOut.isError && <ProblemNotice error={logOut.error} />}
      <div>
        <BusyButton
          variant="quiet"
          busy={logOut.isPending}
          busyText="Logging out…"
          onClick={() => logOut.mutate()}
        >
          Log out
        </BusyButton>
      </div>
    </AccountSection>
  );
}
