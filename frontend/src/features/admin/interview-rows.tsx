import { Link, useLocation } from 'react-router';

import type { ReviewedRow } from '@/api/types';
import { bands, LevelScale } from '@/components/level-scale';
import { paths } from '@/config/paths';

import { sorts, type InterviewSort } from './interview-search';
import { Moment } from './moment';
import { OrderedList } from './ordered-list';
import { SortHeader } from './sort-header';
import { candidateName, reportWords, statusWords } from './status-words';
import './table.css';
import { useWide } from './use-wide';
import { WaitingListItems, WaitingTableRows } from './waiting-rows';

interface Props {
  /** Null while they are on their way. */
  rows: ReviewedRow[] | null;
  sort: InterviewSort;
  onSort: (sort: InterviewSort) => void;
}

export function InterviewRows(props: Props) {
  return useWide() ? <InterviewTable {...props} /> : <InterviewList {...props} />;
}

function InterviewTable({ rows, sort, onSort }: Props) {
  const order = { sort, onSort };
  return (
    <table className="admin-table">
      <caption className="visually-hidden">
        Interviews, {sorts[sort].charAt(0).toLowerCase() + sorts[sort].slice(1)}. Each name opens the record.
      </caption>
      <colgroup>
        {['23%', '20%', '15%', '9%', '17%', '16%'].map((width, index) => (
          <col key={index} style={{ width }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          <SortHeader label="Candidate" by="candidate" first="rising" {...order} />
          <th scope="col">Job</th>
          <th scope="col">State</th>
          <th scope="col">Answered</th>
          <SortHeader label="Overall" by="overall" first="falling" {...order} />
          <SortHeader label="Set up" by="created_at" first="falling" {...order} />
        </tr>
      </thead>
      <tbody>
        {rows === null ? (
          <WaitingTableRows columns={['75%', '55%', '60%', '70%', '80%']} />
        ) : (
          rows.map((row) => (
            <tr key={row.id}>
              <td>
                <OpeningLink row={row} />
                <SecondLine>{row.candidate.display_name !== null && row.candidate.email}</SecondLine>
              </td>
              <td>
                <span className="two-lines">{row.role.title}</span>
                <SecondLine>{row.level.label}</SecondLine>
              </td>
              <td>
                <State row={row} />
              </td>
              <td className="figures">
                {row.answered} of {row.question_count}
              </td>
              <td>
                <Overall row={row} />
              </td>
              <td>
                <Moment at={row.created_at} />
              </td>
            </tr>
          ))
        )}
      </tbody>
    </table>
  );
}

function InterviewList({ rows, sort, onSort }: Props) {
  return (
    <OrderedList sorts={sorts} sort={sort} onSort={onSort}>
      {rows === null ? (
        <WaitingListItems lines={['70%', '45%']} />
      ) : (
        rows.map((row) => (
          <li key={row.id}>
            <OpeningLink row={row} />
            <SecondLine>{row.candidate.display_name !== null && row.candidate.email}</SecondLine>
            <span>
              {row.role.title}, {row.level.label.toLowerCase()}
            </span>
            <span className="admin-list-line">
              <State row={row} />
              {row.overall !== null && <Overall row={row} />}
            </span>
            <SecondLine>
              <Moment at={row.created_at} /> · {row.answered} of {row.question_count} answered
            </SecondLine>
          </li>
        ))
      )}
    </OrderedList>
  );
}

/** Keeps where it was opened from, for the way back from the record. */
function OpeningLink({ row }: { row: ReviewedRow }) {
  const { search } = useLocation();
  return (
    <Link className="opens two-lines" to={paths.adminInterview(row.id)} state={{ from: search }}>
      {candidateName(row.candidate)}
    </Link>
  );
}

function SecondLine({ children }: { children: React.ReactNode }) {
  if (children === null || children === false) return null;
  return <span className="second-line two-lines">{children}</span>;
}

/** Where the interview stands, and its report once there is to be one. */
function State({ row }: { row: ReviewedRow }) {
  const told = row.report_status !== 'none';
  return (
    <span>
      {statusWords[row.status]}
      {told && (
        <span className={row.report_status === 'failed' ? 'second-line attention' : 'second-line'}>
          {reportWords[row.report_status]}
        </span>
      )}
    </span>
  );
}

function Overall({ row }: { row: ReviewedRow }) {
  if (row.overall === null) return <span className="muted">no figure</span>;
  return (
    <span>
      <LevelScale level={bands.indexOf(row.overall.band) + 1} word={row.overall.band} />
      <span className="second-line figures">{row.overall.value.toFixed(1)} of 5</span>
    </span>
  );
}
