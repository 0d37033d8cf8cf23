import Dropdown from 'react-bootstrap/Dropdown';
import { Link } from 'react-router';

import type { User } from '@/api/types';
import { Icon } from '@/components/icon';
import { paths } from '@/config/paths';
import { adminRoutes } from '@/features/admin/admin-routes';

import { useLogOutAsking } from './use-log-out-asking';

export function AccountMenu({ user }: { user: User }) {
  const { error, logOut, question } = useLogOutAsking(user);
  return (
    <>
      <Dropdown align="end">
        <Dropdown.Toggle variant="quiet" className="account-toggle" id="account-menu">
          <Icon name="user" />
          <span className="account-name">{user.display_name}</span>
          <span className="visually-hidden">, your account</span>
          <Icon name="down" size={16} />
        </Dropdown.Toggle>
        <Dropdown.Menu aria-labelledby="account-menu">
          <div className="menu-head">
            <strong>{user.display_name}</strong>
            <span className="small muted">{user.email}</span>
          </div>
          <Dropdown.Divider />
          {user.role === 'candidate' && (
            <>
              <Dropdown.Item as={Link} to={paths.home} className="menu-item menu-small-only">
                Practice
              </Dropdown.Item>
              <Dropdown.Item as={Link} to={paths.history} className="menu-item menu-small-only">
                History
              </Dropdown.Item>
            </>
          )}
          {user.role === 'admin' && adminRoutes.length > 0 && (
            <Dropdown.Item as={Link} to={paths.admin} className="menu-item">
              Interviews of all candidates
            </Dropdown.Item>
          )}
          <Dropdown.Item as={Link} to={paths.account} className="menu-item">
            Account
          </Dropdown.Item>
          <Dropdown.Item as="button" type="button" className="menu-item" onClick={logOut}>
            {error !== null ? 'Log out (that did not work, try again)' : 'Log out'}
          </Dropdown.Item>
        </Dropdown.Menu>
      </Dropdown>
      {question}
    </>
  );
}
