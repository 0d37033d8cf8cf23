import { Link } from 'react-router';

import type { CandidateRow } from '@/api/types';
import { LevelScale } from '@/components/level-scale';
import { paths } from '@/config/paths';
import { longDate, plural } from '@/lib/format';

import { candidateSorts, type CandidateSort } from './candidate-search';
import { writeSearch } from './interview-search';
import { OrderedList } from './ordered-list';
import { SortHeader } from './sort-header';
import './table.css';
import { useWide } from './use-wide';
import { WaitingListItems, WaitingTableRows } from './waiting-rows';

interface Props {
  /** Null while they are on their way. */
  rows: CandidateRow[] | null;
  sort: CandidateSort;
  onSort: (sort: CandidateSort) => void;
}

export function CandidateRows(props: Props) {
  return useWide() ? <CandidateTable {...props} /> : <CandidateList {...props} />;
}

function CandidateTable({ rows, sort, onSort }: Props) {
  const order = { sort, onSort };
  return (
    <table className="admin-table">
      <caption className="visually-hidden">
        Candidates. Each name opens the interviews of this candidate.
      </caption>
      <colgroup>
        {['34%', '17%', '17%', '16%', '16%'].map((width, index) => (
          <col key={index} style={{ width }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          <SortHeader label="Candidate" by="name" first="rising" {...order} />
          <SortHeader label="Signed up" by="registered_at" first="falling" {...order} />
          <th scope="col">Interviews</th>
          <th scope="col">Last one</th>
          <th scope="col">Overall on average</th>
        </tr>
      </thead>
      <tbody>
        {rows === null ? (
          <WaitingTableRows columns={['70%', '40%', '70%', '60%']} />
        ) : (
          rows.map((row) => (
            <tr key={row.id}>
              <td>
                <InterviewsLink row={row} />
                <span className="second-line two-lines">{row.email}</span>
              </td>
              <td className="figures">{longDate(row.registered_at)}</td>
              <td className="figures">
                {row.interviews}
                <span className="second-line">{row.completed} completed</span>
              </td>
              <td className="figures">
                {row.last_interview_at === null ? (
                  <span className="muted">none yet</span>
                ) : (
                  longDate(row.last_interview_at)
                )}
              </td>
              <td>
                <Mean row={row} />
              </td>
            </tr>
          ))
        )}
      </tbody>
    </table>
  );
}

function CandidateList({ rows, sort, onSort }: Props) {
  return (
    <OrderedList sorts={candidateSorts} sort={sort} onSort={onSort}>
      {rows === null ? (
        <WaitingListItems lines={['70%']} />
      ) : (
        rows.map((row) => (
          <li key={row.id}>
            <InterviewsLink row={row} />
            <span className="second-line two-lines">{row.email}</span>
            <span className="admin-list-line">
              <span>
                {plural(row.interviews, 'interview')}
                {row.interviews > 0 && `, ${row.completed} completed`}
                <span className="second-line">Signed up {longDate(row.registered_at)}</span>
              </span>
              {row.mean_overall !== null && <Mean row={row} />}
            </span>
          </li>
        ))
      )}
    </OrderedList>
  );
}

function InterviewsLink({ row }: { row: CandidateRow }) {
  return (
    <Link
      className="opens two-lines"
      to={`${paths.adminInterviews}?${writeSearch({ candidate: row.id }).toString()}`}
    >
      {row.display_name}
    </Link>
  );
}

function Mean({ row }: { row: CandidateRow }) {
  if (row.mean_overall === null) return <span className="muted">no figure</span>;
  return (
    <span>
      <LevelScale level={Math.round(row.mean_overall)} />
      <span className="second-line figures">{row.mean_overall.toFixed(1)} of 5</span>
    </span>
  );
}
