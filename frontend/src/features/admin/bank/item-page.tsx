import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

import { PageTitle } from '@/components/page-title';
import { ProblemNotice } from '@/components/problem-notice';
import { Loading, SkeletonRows } from '@/components/skeleton';
import { paths } from '@/config/paths';

import './bank.css';

interface Props<Detail> {
  /** What it is, as the browser's tab says it. */
  title: string;
  heading: string;
  item: UseQueryResult<Detail>;
  children: (detail: Detail) => ReactNode;
}

/** The page of one entry of the bank, also while it loads and when that fails. */
export function ItemPage<Detail>({ title, heading, item, children }: Props<Detail>) {
  return (
    <div className="page bank-page">
      <PageTitle>{title}</PageTitle>
      <div className="stack">
        <Link to={paths.adminBank}>Question bank</Link>
        <h1>{heading}</h1>
      </div>
      {item.data !== undefined ? (
        children(item.data)
      ) : item.isError ? (
        <ProblemNotice error={item.error} onRetry={() => void item.refetch()} />
      ) : (
        <Loading what={`the ${title.toLowerCase()}`}>
          <SkeletonRows rows={4} />
        </Loading>
      )}
    </div>
  );
}
