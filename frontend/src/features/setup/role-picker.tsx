import { useId, useState } from 'react';
import Button from 'react-bootstrap/Button';

import type { Catalog, Role } from '@/api/types';
import { Icon } from '@/components/icon';
import { plural } from '@/lib/format';

import './role-picker.css';
import { matchedAlias, searchRoles } from './role-search';

interface Props {
  catalog: Catalog;
  chosen: Role | null;
  onChoose: (role: Role | null) => void;
}

/** Find the job by typing, or by looking through the families. Once chosen it shrinks to a line. */
export function RolePicker({ catalog, chosen, onChoose }: Props) {
  const [typed, setTyped] = useState('');
  const inputId = useId();

  if (chosen !== null)
    return (
      <div className="role-chosen">
        <div>
          <p className="role-chosen-title">{chosen.title}</p>
          <p className="flush muted">{chosen.summary}</p>
          <p className="flush small muted">{chosen.competencies.map(({ label }) => label).join(' · ')}</p>
        </div>
        <Button variant="quiet" onClick={() => onChoose(null)}>
          Change<span className="visually-hidden"> the job</span>
        </Button>
      </div>
    );

  const found = searchRoles(catalog.roles, typed);
  const browsing = typed.trim() === '';
  return (
    <div className="stack" style={{ '--gap': '1.25rem' } as React.CSSProperties}>
      <div className="role-search">
        <label htmlFor={inputId} className="visually-hidden">
          Search jobs
        </label>
        <Icon name="search" />
        <input
          id={inputId}
          type="search"
          className="form-control"
          placeholder="Search, e.g. product owner"
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            const first = found[0];
            if (typed.trim() !== '' && first) onChoose(first);
          }}
        />
      </div>
      <p className="visually-hidden" role="status">
        {typed.trim() === '' ? '' : plural(found.length, 'job')}
      </p>
      {found.length === 0 ? (
        <div className="stack" style={{ '--gap': '0.75rem' } as React.CSSProperties}>
          <p className="flush">
            No job here is called “{typed.trim()}”. Try a shorter word, or take the closest one: half of the
            questions are about how you work and fit any job.
          </p>
          <div>
            <Button variant="quiet" onClick={() => setTyped('')}>
              Show all {catalog.roles.length} jobs
            </Button>
          </div>
        </div>
      ) : browsing ? (
        <div className="role-browse">
          {catalog.families.map(({ id, label }) => (
            <div key={id}>
              <h3>{label}</h3>
              <ul role="list">
                {catalog.roles
                  .filter((role) => role.family === id)
                  .map((role) => (
                    <li key={role.id}>
                      <button type="button" className="role-name" onClick={() => onChoose(role)}>
                        {role.title}
                      </button>
                    </li>
                  ))}
              </ul>
            </div>
          ))}
        </div>
      ) : (
        <ul role="list" className="role-list">
          {found.map((role) => {
            const alias = matchedAlias(role, typed);
            return (
              <li key={role.id}>
                <button type="button" className="role-option" onClick={() => onChoose(role)}>
                  <span className="role-option-title">{role.title}</span>
                  {alias !== null && <span className="small muted">also: {alias}</span>}
                  <span className="muted">{role.summary}</span>
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
