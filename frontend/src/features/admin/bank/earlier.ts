import type { BankVersion } from '@/api/types';

/** An earlier version, or the wording of this release, which may be newer than the first version. */
export type Earlier = BankVersion | 'shipped';

/** What to restore, as the server is asked for it. */
export function numberOf(earlier: Earlier): number | 'shipped' {
  return earlier === 'shipped' ? earlier : earlier.number;
}

/** The words of the dialog that asks before something is restored. */
export function restoring(earlier: Earlier): { title: string; confirm: string } {
  return earlier === 'shipped'
    ? { title: 'Take the shipped wording?', confirm: 'Take it' }
    : { title: `Restore ${earlier.label ?? `version ${earlier.number}`}?`, confirm: 'Restore' };
}
