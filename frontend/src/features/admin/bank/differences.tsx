import type { BankVersion } from '@/api/types';

import './bank.css';

/** What differs, field by field, with the words that went and came. */
export function Differences({ of }: { of: BankVersion['differences'] }) {
  return of.map((difference) => (
    <div key={difference.field}>
      <div className="small muted">{difference.label}</div>
      <p className="flush bank-difference">
        {difference.parts.map((part, at) =>
          part.change === 'same' ? (
            <span key={at}>{part.text}</span>
          ) : part.change === 'removed' ? (
            <del key={at}>{part.text}</del>
          ) : (
            <ins key={at}>{part.text}</ins>
          ),
        )}
      </p>
    </div>
  ));
}
