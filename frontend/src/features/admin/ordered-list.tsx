import type { ReactNode } from 'react';

import { SelectField } from './filter-fields';
import './table.css';

interface Props<Sort extends string> {
  /** Each order with its words. */
  sorts: Record<Sort, string>;
  sort: Sort;
  onSort: (sort: Sort) => void;
  children: ReactNode;
}

/** A table's rows one below the other, with a field for the order that a table has in its head. */
export function OrderedList<Sort extends string>({ sorts, sort, onSort, children }: Props<Sort>) {
  return (
    <div className="stack" style={{ '--gap': '1.25rem' } as React.CSSProperties}>
      <div className="list-order">
        <SelectField label="Order" narrows={false} value={sort} onChoose={(chosen) => onSort(chosen as Sort)}>
          {Object.entries<string>(sorts).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
      </div>
      <ul role="list" className="admin-list">
        {children}
      </ul>
    </div>
  );
}
