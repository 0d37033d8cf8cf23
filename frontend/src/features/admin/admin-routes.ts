import type { RouteObject } from 'react-router';

/** Pages under /admin, each with `lazy`. The guard for the role stands around them; the menu shows them when there are any. */
export const adminRoutes: RouteObject[] = [
  {
    lazy: () => import('./admin-layout'),
    children: [
      { index: true, lazy: () => import('./overview-page') },
      { path: 'interviews', lazy: () => import('./interviews-page') },
      { path: 'interviews/:interviewId', lazy: () => import('./interview-page') },
      { path: 'candidates', lazy: () => import('./candidates-page') },
    ],
  },
];
