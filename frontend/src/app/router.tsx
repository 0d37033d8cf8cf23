import { createBrowserRouter } from 'react-router';

import { adminRoutes } from '@/features/admin/admin-routes';

import { ErrorPage } from './error-page';
import { RequireUser } from './require-user';
import { FirstPaint, Root } from './root';
import { Component as NotFound } from './routes/not-found';
import { FocusShell } from './shell/focus-shell';
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
                { index: true, lazy: () => import('./routes/landing') },
                { path: 'signup', lazy: () => import('./routes/sign-up') },
                { path: 'login', lazy: () => import('./routes/log-in') },
                {
                  element: <RequireUser />,
                  children: [{ path: 'account', lazy: () => import('./routes/account') }],
                },
                {
                  element: <RequireUser role="candidate" />,
                  children: [
                    { path: 'home', lazy: () => import('./routes/home') },
                    { path: 'interviews/new', lazy: () => import('./routes/new-interview') },
                    { path: 'interviews/:interviewId/report', lazy: () => import('./routes/report') },
                    { path: 'history', lazy: () => import('./routes/history') },
                  ],
                },
                { path: 'admin', element: <RequireUser role="admin" />, children: adminRoutes },
                { path: '*', Component: NotFound },
              ],
            },
          ],
        },
        {
          Component: FocusShell,
          children: [
            {
              ErrorBoundary: ErrorPage,
              children: [
                {
                  element: <RequireUser role="candidate" />,
                  children: [{ path: 'interviews/:interviewId', lazy: () => import('./routes/interview') }],
                },
              ],
            },
          ],
        },
      ],
    },
  ]);
}
