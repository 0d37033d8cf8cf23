import { useQuery } from '@tanstack/react-query';

import { useLogOut } from '@/api/session/log-out';
import { sessionQuery } from '@/api/session/session';
import { BusyButton } from '@/components/busy-button';
import { PageTitle } from '@/components/page-title';
import { ProblemNotice } from '@/components/problem-notice';

export function Component() {
  const user = useQuery(sessionQuery).data?.user;
  const logOut = useLogOut();
  return (
    <div className="page page-narrow">
      <PageTitle>Account</PageTitle>
      <div className="page-head">
        <h1>Account</h1>
      </div>
      <dl className="facts">
        <div>
          <dt>Name</dt>
          <dd>{user?.display_name}</dd>
        </div>
        <div>
          <dt>E-mail</dt>
          <dd>{user?.email}</dd>
        </div>
        <div>
          <dt>Kind of account</dt>
          <dd>{user?.role === 'admin' ? 'Administrator' : 'Candidate'}</dd>
        </div>
      </dl>
      <div className="stack" style={{ marginTop: '2.5rem' }}>
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
        <p className="small muted flush">
          Logging out ends the session on the server and clears this tab. Do it when you share the machine.
        </p>
      </div>
    </div>
  );
}
