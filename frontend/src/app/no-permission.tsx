import { Link } from 'react-router';

import type { User } from '@/api/types';
import { PageTitle } from '@/components/page-title';
import { paths } from '@/config/paths';

export function NoPermission({ needed }: { needed: User['role'] }) {
  const forAdmins = needed === 'admin';
  return (
    <div className="page page-narrow">
      <PageTitle>Not open to this account</PageTitle>
      <div className="page-head">
        <h1>{forAdmins ? 'This page is for administrators' : 'This page is for candidates'}</h1>
        <p className="lead">
          {forAdmins
            ? 'Your account practises interviews. If you need to see those of others, ask an administrator.'
            : 'Your account looks after the interviews of others. To practise, use an account of your own.'}
        </p>
      </div>
      <Link className="btn btn-primary" to={forAdmins ? paths.home : paths.account}>
        {forAdmins ? 'To your practice' : 'To your account'}
      </Link>
    </div>
  );
}
