import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Outlet, ScrollRestoration, useNavigation } from 'react-router';

import { sessionQuery } from '@/api/session/session';
import { Logo } from '@/components/logo';

import './root.css';
import { OfflineBanner } from './shell/offline-banner';

export function Root() {
  useQuery(sessionQuery); // asked for at once, in parallel with the page's own code
  return (
    <>
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      <NavigationProgress />
      <OfflineBanner />
      <Outlet />
      <ScrollRestoration />
    </>
  );
}

/** A thin line at the top when the next page takes more than a moment. */
function NavigationProgress() {
  const moving = useNavigation().state !== 'idle';
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(moving), moving ? 200 : 0);
    return () => clearTimeout(timer);
  }, [moving]);
  return slow ? <div className="navigation-progress" role="status" aria-label="Loading the page" /> : null;
}

/** What stands while the first page's code is on its way: the header's shape, so nothing jumps. */
export function FirstPaint() {
  return (
    <div className="first-paint" aria-busy="true">
      <Logo />
    </div>
  );
}
