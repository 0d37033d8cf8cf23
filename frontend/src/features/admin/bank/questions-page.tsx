import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';

import { bankQuestionsQuery, bankRubricsQuery } from '@/api/admin/bank';
import { catalogQuery } from '@/api/catalog/get-catalog';
import type { BankQuestionsQuery } from '@/api/types';
import { PageTitle } from '@/components/page-title';
import { ProblemNotice } from '@/components/problem-notice';
import { Loading, SkeletonRows } from '@/components/skeleton';
import { paths } from '@/config/paths';
import { SearchField, SelectField } from '@/features/admin/filter-fields';
import { Pager } from '@/features/admin/pager';
import { cursorOf, readTrail, writeTrail } from '@/features/admin/trail';
import { useTurnedPage } from '@/features/admin/use-turned-page';

import '@/features/admin/table.css';
import './bank.css';
import { competenciesOf, kindWords, originWords } from './words';

const FILTERS = ['q', 'family', 'role', 'kind', 'competency', 'difficulty', 'status', 'changed'];

/** Find a question of the bank; what is asked for stands in the address. */
export function Component() {
  const [params, setParams] = useSearchParams();
  const catalog = useQuery(catalogQuery).data;
  const competencies = competenciesOf(catalog);
  const rubrics = useQuery(bankRubricsQuery).data;
  const trail = readTrail(params);
  const of = (name: string) => params.get(name) ?? '';
  const query = {
    limit: 20,
    ...Object.fromEntries(FILTERS.flatMap((name) => (of(name) ? [[name, of(name)]] : []))),
    ...(cursorOf(trail) !== undefined && { cursor: cursorOf(trail) }),
  } as BankQuestionsQuery;
  const questions = useQuery({ ...bankQuestionsQuery(query), placeholderData: keepPreviousData });
  const rows = questions.data?.items;
  const stale = questions.isPlaceholderData;
  const top = useTurnedPage(trail.page, rows !== undefined && !stale);

  function filter(name: string, value: string): void {
    const next = new URLSearchParams(params);
    // Another family has other roles.
    ['after', 'page', name, ...(name === 'family' ? ['role'] : [])].forEach((old) => next.delete(old));
    if (value !== '') next.set(name, value);
    setParams(next, { replace: true, preventScrollReset: true });
  }
  return (
    <div className="page admin-page">
      <PageTitle>Question bank</PageTitle>
      <div className="stack">
        <h1>Question bank</h1>
        <p className="flush bank-buttons">
          <Link to={paths.adminBankNew}>Add a question</Link>
          {rubrics?.map((rubric) => (
            <Link key={rubric.id} to={paths.adminRubric(rubric.id)}>
              {rubric.label} rubric
            </Link>
          ))}
        </p>
      </div>
      <div className="bank-filters" role="search" aria-label="Questions">
        <SearchField label="Words" value={of('q')} onTake={(q) => filter('q', q)} />
        <SelectField label="Jobs" value={of('family')} onChoose={(value) => filter('family', value)}>
          <option value="">Any</option>
          <option value="general">For every job</option>
          {catalog?.families.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </SelectField>
        <SelectField label="Role" value={of('role')} onChoose={(value) => filter('role', value)}>
          <option value="">Any role</option>
          {catalog?.roles
            .filter(
              ({ family }) => of('family') === '' || of('family') === 'general' || family === of('family'),
            )
            .map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
        </SelectField>
        <SelectField label="Kind" value={of('kind')} onChoose={(value) => filter('kind', value)}>
          <option value="">Any kind</option>
          {Object.entries(kindWords).map(([id, label]) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </SelectField>
        <SelectField
          label="Competency"
          value={of('competency')}
          onChoose={(value) => filter('competency', value)}
        >
          <option value="">Any competency</option>
          {competencies.map(([id, label]) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </SelectField>
        <SelectField
          label="Difficulty"
          value={of('difficulty')}
          onChoose={(value) => filter('difficulty', value)}
        >
          <option value="">Any difficulty</option>
          {[1, 2, 3, 4, 5].map((step) => (
            <option key={step}>{step}</option>
          ))}
        </SelectField>
        <SelectField label="State" value={of('status')} onChoose={(value) => filter('status', value)}>
          <option value="">Any state</option>
          <option value="active">In use</option>
          <option value="retired">Retired</option>
        </SelectField>
        <SelectField label="Wording" value={of('changed')} onChoose={(value) => filter('changed', value)}>
          <option value="">Any wording</option>
          <option value="true">Changed or added here</option>
        </SelectField>
      </div>
      {questions.isError && (
        <ProblemNotice error={questions.error} onRetry={() => void questions.refetch()} />
      )}
      {rows === undefined && questions.isPending && (
        <Loading what="questions">
          <SkeletonRows rows={6} />
        </Loading>
      )}
      {rows !== undefined && (
        <section aria-label="Results" className="stack">
          <p ref={top} tabIndex={-1} role="status" className="flush small muted">
            {stale
              ? 'Loading…'
              : rows.length === 0
                ? 'No question fits these filters.'
                : `${rows.length} on this page`}
          </p>
          <ul role="list" className="bank-list" aria-busy={stale}>
            {rows.map((row) => (
              <li key={row.id}>
                <Link className="opens" to={paths.adminBankQuestion(row.id)}>
                  {row.text}
                </Link>
                <span className="small muted">
                  {kindWords[row.kind]}, difficulty {row.difficulty}, {row.competency.replaceAll('-', ' ')} ·{' '}
                  {row.status === 'retired' ? 'Retired' : originWords[row.origin]}
                </span>
              </li>
            ))}
          </ul>
          <Pager
            trail={trail}
            nextCursor={questions.data?.next_cursor ?? null}
            byTime={false}
            busy={stale}
            onTurn={(turned) => {
              const next = new URLSearchParams(params);
              ['after', 'page'].forEach((old) => next.delete(old));
              writeTrail(next, turned);
              setParams(next, { preventScrollReset: true });
            }}
          />
        </section>
      )}
    </div>
  );
}
