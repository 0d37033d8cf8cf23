import { Link, Navigate, useSearchParams } from 'react-router';

import { useUser } from '@/api/session/session';
import { PageTitle } from '@/components/page-title';
import { paths, safeNext, withNext } from '@/config/paths';
import { LogInForm } from '@/features/auth/log-in-form';

export function Component() {
  const [search] = useSearchParams();
  const user = useUser();
  const next = safeNext(search.get('next'));
  // Also how the page goes on after logging in: the session query then has a user.
  if (user) return <Navigate to={next ?? (user.role === 'admin' ? paths.admin : paths.home)} replace />;
  return (
    <div className="page page-form">
      <PageTitle>Log in</PageTitle>
      <div className="page-head">
        <h1>Log in</h1>
        {next !== null && <p className="flush muted">Then you go on where you were.</p>}
      </div>
      <LogInForm onDone={() => undefined} />
      <p className="muted" style={{ marginTop: '2rem' }}>
        New here? <Link to={withNext(paths.signUp, next ?? paths.home)}>Sign up</Link>
      </p>
    </div>
  );
}
