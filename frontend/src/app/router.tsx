import { createBrowserRouter } from 'react-router';

import { adminRoutes } from '@/features/admin/admin-routes';

import { ErrorPage } from './error-page';
import { RequireUser } from './require-user';
import { FirstPaint, Root } from './root';
import { Component as NotFound } from './routes/not-found';
import { Shell } from './shell/shell';

/** The guards are a courtesy to people; every service checks the role again. */
export function createRouter() {
  return createBrowserRouter([
    {
      Component: Root,
      ErrorBoundary: ErrorPage,
      HydrateFallback: FirstPaint,
      children: [
        {
          Component: Shell,
          children: [
            {
              // Inside the shell, so that a broken page leaves the way out standing.
              ErrorBoundary: ErrorPage,
              children: [
                { path: 'signup', lazy: () => import('./routes/sign-up') },
                { path: 'login', lazy: () => import('./routes/log-in') },
                {
                  element: <RequireUser />,
                  children: [{ path: 'account', lazy: () => import('./routes/account') }],
                },
                { path: 'admin', element: <RequireUser role="admin" />, children: adminRoutes },
                { path: '*', Component: NotFound },
              ],
            },
          ],
        },
      ],
    },
  ]);
}
