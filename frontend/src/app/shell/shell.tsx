import { lazy, Suspense, useEffect, useRef } from 'react';
import { Link, NavLink, Outlet, useLocation } from 'react-router';

import { useUser } from '@/api/session/session';
import { Logo } from '@/components/logo';
import { ThemeSwitch } from '@/components/theme-switch';
import { paths } from '@/config/paths';

import './shell.css';

// The menu's positioning code is only for people who are logged in.
const AccountMenu = lazy(() => import('./account-menu').then((menu) => ({ default: menu.AccountMenu })));

export function Shell() {
  const user = useUser();
  const main = useRouteFocus();
  const home = user?.role === 'candidate' ? paths.home : user?.role === 'admin' ? paths.admin : paths.landing;
  return (
    <>
      <header className="shell-header">
        <div className="shell-bar">
          <Link to={home} className="shell-logo" aria-label="Interview Kit, to the start">
            <Logo />
          </Link>
          {user?.role === 'candidate' && (
            <nav aria-label="Main" className="shell-nav">
              <NavLink to={paths.home}>Practice</NavLink>
              <NavLink to={paths.history}>History</NavLink>
            </nav>
          )}
          <div className="shell-end">
            <ThemeSwitch />
            {user === null && (
              <>
                <Link to={paths.logIn} className="btn btn-words shell-log-in">
                  Log in
                </Link>
                <Link to={paths.signUp} className="btn btn-quiet shell-sign-up">
                  Sign up
                </Link>
              </>
            )}
            {user && (
              <Suspense fallback={<span className="account-space" />}>
                <AccountMenu user={user} />
              </Suspense>
            )}
          </div>
        </div>
      </header>
      <main id="main" tabIndex={-1} ref={main} className="shell-main">
        <Outlet />
      </main>
      <footer className="shell-footer">
        <p className="flush small muted">
          Feedback here is about answers, not about people, and it is no hiring prediction.
        </p>
      </footer>
    </>
  );
}

/** After a change of page the focus starts at the new content, as it would after a page load. */
export function useRouteFocus() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const previous = useRef(pathname);
  useEffect(() => {
    if (previous.current === pathname) return;
    previous.current = pathname;
    // A field with autofocus has it already.
    if (main.current?.contains(document.activeElement)) return;
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
}
