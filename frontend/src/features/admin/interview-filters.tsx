import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import Button from 'react-bootstrap/Button';

import { catalogQuery } from '@/api/catalog/get-catalog';
import type { Catalog } from '@/api/types';
import { Icon } from '@/components/icon';

import { DayField, SearchField, SelectField } from './filter-fields';
import './interview-filters.css';
import {
  daysCrossed,
  filterCount,
  noFilters,
  type InterviewFilters as Filters,
  type InterviewSearch,
} from './interview-search';
import { reportWords, statusWords } from './status-words';

interface Props {
  search: InterviewSearch;
  /** Whose interviews are shown, when only one candidate's are. */
  candidateName: string | null;
  /** Whether the way out of the filters stands elsewhere, because they leave nothing. */
  nothingFound: boolean;
  onChange: (change: Partial<Filters>, replace?: boolean) => void;
}

/** Where there is little room only the search stands open; the rest opens below it. */
export function InterviewFilters({ search, candidateName, nothingFound, onChange }: Props) {
  const moreId = useId();
  const catalog = useQuery(catalogQuery).data;
  const [open, setOpen] = useState(false);
  const active = filterCount(search);
  const hidden = filterCount({ ...search, q: '', candidate: null });
  return (
    <div className="filters" role="search" aria-label="Interviews">
      <SearchField label="Name or e-mail" value={search.q} onTake={(q) => onChange({ q }, true)} />
      <Button
        variant="quiet"
        className="filters-toggle"
        aria-expanded={open}
        aria-controls={moreId}
        onClick={() => setOpen(!open)}
      >
        Filters{hidden > 0 && <span className="filters-count">{hidden} set</span>}
        <Icon name="down" size={16} />
      </Button>
      <div id={moreId} className="filters-more" data-open={open || undefined}>
        <SelectField
          label="Job"
          value={search.role ?? ''}
          onChoose={(role) => onChange({ role: role || null })}
        >
          <option value="">Any job</option>
          <RoleOptions catalog={catalog} chosen={search.role} />
        </SelectField>
        <SelectField
          label="Level"
          value={search.level ?? ''}
          onChoose={(level) => onChange({ level: level || null })}
        >
          <option value="">Any level</option>
          {catalog?.levels.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
          {search.level !== null && !catalog?.levels.some(({ id }) => id === search.level) && (
            <option value={search.level}>{search.level}</option>
          )}
        </SelectField>
        <SelectField
          label="Interview"
          value={search.status ?? ''}
          onChoose={(status) => onChange({ status: (status || null) as Filters['status'] })}
        >
          <option value="">Anywhere</option>
          <WordOptions words={statusWords} />
        </SelectField>
        <SelectField
          label="Report"
          value={search.report ?? ''}
          onChoose={(report) => onChange({ report: (report || null) as Filters['report'] })}
        >
          <option value="">Any report</option>
          <WordOptions words={reportWords} />
        </SelectField>
        <DayField label="Set up from" value={search.from} onChoose={(from) => onChange({ from })} />
        <DayField
          label="Set up until"
          value={search.to}
          onChoose={(to) => onChange({ to })}
          {...(daysCrossed(search) && { error: 'This lies before the first day.' })}
        />
      </div>
      {active > 0 && (
        <div className="filters-active">
          {search.candidate !== null && (
            <Button
              variant="quiet"
              className="filter-chip"
              aria-label={`Only ${candidateName ?? 'one candidate'}: show all candidates again`}
              onClick={() => onChange({ candidate: null })}
            >
              <span className="filter-chip-name">Only {candidateName ?? 'one candidate'}</span>
              <Icon name="cross" size={16} />
            </Button>
          )}
          {!nothingFound && (
            <Button variant="words" className="filters-clear" onClick={() => onChange(noFilters)}>
              Clear filters
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function WordOptions({ words }: { words: Record<string, string> }) {
  return Object.entries(words).map(([value, word]) => (
    <option key={value} value={value}>
      {word}
    </option>
  ));
}

/** Jobs by family. A job that is no longer offered can still be filtered by. */
function RoleOptions({ catalog, chosen }: { catalog: Catalog | undefined; chosen: string | null }) {
  const gone = chosen !== null && !catalog?.roles.some(({ id }) => id === chosen);
  return (
    <>
      {gone && <option value={chosen}>{chosen}</option>}
      {catalog?.families.map((family) => (
        <optgroup key={family.id} label={family.label}>
          {catalog.roles
            .filter((role) => role.family === family.id)
            .map((role) => (
              <option key={role.id} value={role.id}>
                {role.title}
              </option>
            ))}
        </optgroup>
      ))}
    </>
  );
}
