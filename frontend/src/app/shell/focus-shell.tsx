import { Outlet } from 'react-router';

import { useRouteFocus } from './shell';

/** Around an interview: no menu, nothing that competes with the question. */
export function FocusShell() {
  const main = useRouteFocus();
  return (
    <main id="main" tabIndex={-1} ref={main} className="shell-main shell-focus">
      <Outlet />
    </main>
  );
}
