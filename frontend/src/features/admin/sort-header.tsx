import { Icon } from '@/components/icon';

interface Props<Sort extends string> {
  label: string;
  /** What it sorts by, as the API names it without the minus. */
  by: string;
  /** Which way round the first press sorts. */
  first: 'rising' | 'falling';
  sort: Sort;
  onSort: (sort: Sort) => void;
  align?: 'end';
}

/** A column's head that sorts by it, and turns the order round when pressed again. */
export function SortHeader<Sort extends string>({ label, by, first, sort, onSort, align }: Props<Sort>) {
  const active = sort === by || sort === `-${by}`;
  const falling = active ? sort.startsWith('-') : first === 'falling';
  const next = active ? !falling : falling;
  return (
    <th
      scope="col"
      aria-sort={active ? (falling ? 'descending' : 'ascending') : undefined}
      data-align={align}
    >
      <button
        type="button"
        className="sort-button"
        data-falling={falling || undefined}
        onClick={() => onSort(`${next ? '-' : ''}${by}` as Sort)}
      >
        {label}
        <Icon name="arrow" size={16} />
      </button>
    </th>
  );
}
