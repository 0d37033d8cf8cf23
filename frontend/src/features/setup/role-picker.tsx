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
  const [family, setFamily] = useState<string | null>(null);
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

  const found = searchRoles(catalog.roles, typed).filter(
    (role) => typed.trim() !== '' || family === null || role.family === family,
  );
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
      {typed.trim() === '' && (
        <div className="role-families" role="group" aria-label="Fields of work">
          {[{ id: null, label: 'All' }, ...catalog.families].map(({ id, label }) => (
            <button
              key={id ?? 'all'}
              type="button"
              className="role-family"
              aria-pressed={family === id}
              onClick={() => setFamily(id)}
            >
              {label}
            </button>
          ))}
        </div>
      )}
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
