import type { RouteObject } from 'react-router';

/** Pages under /admin, each with `lazy`. The guard for the role stands around them; the menu shows them when there are any. */
export const adminRoutes: RouteObject[] = [];
