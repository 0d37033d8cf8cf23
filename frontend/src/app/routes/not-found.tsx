import { Link } from 'react-router';

import { useUser } from '@/api/session/session';
import { PageTitle } from '@/components/page-title';
import { paths } from '@/config/paths';

export function Component() {
  const user = useUser();
  return (
    <div className="page page-narrow">
      <PageTitle>Page not found</PageTitle>
      <div className="page-head">
        <h1>There is no page here</h1>
        <p className="lead">
          The address may be mistyped, or what was here has been removed. Your interviews and reports are
          where they were.
        </p>
      </div>
      <Link className="btn btn-primary" to={user?.role === 'candidate' ? paths.home : paths.landing}>
        {user?.role === 'candidate' ? 'To your practice' : 'To the start'}
      </Link>
    </div>
  );
}
