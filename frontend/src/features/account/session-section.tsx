import { BusyButton } from '@/components/busy-button';
import { ProblemNotice } from '@/components/problem-notice';

import { AccountSection } from './account-section';

interface Props {
  busy: boolean;
  error: unknown;
  onLogOut: () => void;
}

export function SessionSection({ busy, error, onLogOut }: Props) {
  return (
    <AccountSection
      id="session"
      title="This session"
      about="Logging out ends the session on the server and clears this tab. Do it when you share the machine."
    >
      {error !== null && <ProblemNotice error={error} />}
      <div>
        <BusyButton variant="quiet" busy={busy} busyText="Logging out…" onClick={onLogOut}>
          Log out
        </BusyButton>
      </div>
    </AccountSection>
  );
}
