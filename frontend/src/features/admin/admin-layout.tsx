import { NavLink, Outlet } from 'react-router';

import { paths } from '@/config/paths';

import './admin-layout.css';

/** The reviewers' own navigation above their pages; it wraps where there is little room, and is never hidden. */
export function Component() {
  return (
    <>
      <nav aria-label="Administration" className="admin-nav">
        <div className="admin-nav-bar">
          <NavLink to={paths.admin} end>
            Overview
          </NavLink>
          <NavLink to={paths.adminInterviews}>Interviews</NavLink>
          <NavLink to={paths.adminCandidates}>Candidates</NavLink>
          <NavLink to={paths.adminBank}>Question bank</NavLink>
        </div>
      </nav>
      <Outlet />
    </>
  );
}
