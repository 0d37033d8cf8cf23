import { Link, Navigate, useSearchParams } from 'react-router';

import { useUser } from '@/api/session/session';
import { PageTitle } from '@/components/page-title';
import { paths, safeNext, withNext } from '@/config/paths';
import { SignUpForm } from '@/features/auth/sign-up-form';

export function Component() {
  const [search] = useSearchParams();
  const user = useUser();
  const next = safeNext(search.get('next'));
  const logInPath = withNext(paths.logIn, next ?? paths.home);
  if (user)
    return <Navigate to={next ?? (user.role === 'admin' ? paths.admin : paths.newInterview)} replace />;
  return (
    <div className="page page-form">
      <PageTitle>Sign up</PageTitle>
      <div className="page-head">
        <h1>Sign up</h1>
        <p className="flush muted">
          So that your answers and reports are here when you come back. Then you choose your first interview.
        </p>
      </div>
      <SignUpForm logInPath={logInPath} onDone={() => undefined} />
      <p className="muted" style={{ marginTop: '2rem' }}>
        Been here before? <Link to={logInPath}>Log in</Link>
      </p>
    </div>
  );
}
