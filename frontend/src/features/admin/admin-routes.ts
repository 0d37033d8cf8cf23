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
      { path: 'bank', lazy: () => import('./bank/questions-page') },
      { path: 'bank/new', lazy: () => import('./bank/new-question-page') },
      { path: 'bank/questions/:questionId', lazy: () => import('./bank/question-page') },
      { path: 'bank/rubrics/:rubricId', lazy: () => import('./bank/rubric-page') },
    ],
  },
];
