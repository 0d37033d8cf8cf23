import type { User } from '@/api/types';

import { AccountSection } from './account-section';

export function ProfileSection({ user }: { user: User }) {
  return (
    <AccountSection id="profile" title="Profile">
      <dl className="facts">
        <div>
          <dt>Name</dt>
          <dd>{user.display_name}</dd>
        </div>
        <div>
          <dt>E-mail</dt>
          <dd>{user.email}</dd>
        </div>
        <div>
          <dt>Kind of account</dt>
          <dd>{user.role === 'admin' ? 'Administrator' : 'Candidate'}</dd>
        </div>
      </dl>
    </AccountSection>
  );
}
