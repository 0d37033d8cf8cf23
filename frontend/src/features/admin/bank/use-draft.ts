import { useState } from 'react';

import { ProblemError } from '@/api/problem';
import type { BankVersion } from '@/api/types';

interface Versioned {
  version: number;
  content: object;
  /** Whether it is in use; of a question alone. */
  status?: BankVersion['status'];
}

/** What somebody else saved meanwhile, and what saving one's own would change in it. */
export interface Newer<Detail extends Versioned> {
  version: number;
  author: string | null;
  content: Detail['content'];
  status: BankVersion['status'];
  differences: BankVersion['differences'];
}

/** A version of an entry on its way to become the next one. `bodyIn` is what of an entry can be edited. */
export function useDraft<Detail extends Versioned, Body>(shown: Detail, bodyIn: (detail: Detail) => Body) {
  // The version the form began with stays while it has changes: what others save meanwhile is a conflict to be shown.
  const [base, setBase] = useState(shown);
  const [content, setContent] = useState(() => bodyIn(shown));
  const [note, setNote] = useState('');
  const saved = bodyIn(base);
  const dirty = JSON.stringify(content) !== JSON.stringify(saved);
  if (!dirty && shown.version > base.version) {
    setBase(shown);
    setContent(bodyIn(shown));
  }
  const taken = (detail: Detail) => {
    setBase(detail);
    setContent(bodyIn(detail));
    setNote('');
  };
  return {
    base,
    /** What can be edited of `base`. */
    saved,
    content,
    setContent,
    note,
    setNote,
    dirty,
    /** Begin anew with what the server has. */
    taken,
    take: ({ content: theirs, version, status }: Newer<Detail>) =>
      taken({ ...base, content: theirs, version, ...(base.status !== undefined && { status }) }),
  };
}

/** What a refused edit says somebody else saved meanwhile; null when it was refused for another reason. */
export function newerIn<Detail extends Versioned>(error: unknown): Newer<Detail> | null {
  if (!(error instanceof ProblemError) || error.type !== 'bank-changed') return null;
  const { current, differences } = error.extensions;
  return { ...(current as Newer<Detail>), differences: differences as BankVersion['differences'] };
}
