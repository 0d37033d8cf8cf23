import type { BankRow, Catalog } from '@/api/types';

export const kindWords: Record<BankRow['kind'], string> = {
  behavioural: 'Behavioural',
  situational: 'Situational',
  technical: 'Technical',
  system_design: 'System design',
  role_specific: 'Of the job',
};

export const originWords: Record<BankRow['origin'], string> = {
  shipped: 'As shipped',
  edited: 'Edited',
  added: 'Added here',
};

/** What a question can look for, in the order of the alphabet: id and label. */
export function competenciesOf(catalog: Catalog | undefined): [string, string][] {
  const found = (catalog?.competencies ?? []).map(({ id, label }): [string, string] => [id, label]);
  return found.sort(([, one], [, other]) => one.localeCompare(other));
}
