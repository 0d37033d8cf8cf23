import type { BankRow } from '@/api/types';

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
