import Button from 'react-bootstrap/Button';

import type { BankVersion } from '@/api/types';
import { Moment } from '@/features/admin/moment';

import './bank.css';
import { Differences } from './differences';

interface Props {
  versions: BankVersion[];
  onRestore: (version: BankVersion) => void;
}

/** Who changed what and why, newest first, with the words that went and came. */
export function History({ versions, onRestore }: Props) {
  if (versions.length === 0) return <p className="muted flush">As shipped; nobody has changed it yet.</p>;
  return (
    <ol role="list" className="bank-history">
      {versions.map((version, index) => (
        <li key={version.number} className="stack">
          <h3>
            Version {version.number}
            {version.label !== null && ` (${version.label})`}
            {version.status === 'retired' && ', retired'}
          </h3>
          <p className="flush">{version.note}</p>
          <p className="flush small muted">
            {version.author ?? 'Shipped with the product'}
            {version.made_at !== null && (
              <>
                , <Moment at={version.made_at} />
              </>
            )}
            {version.restored_from !== null && `, restored from version ${version.restored_from}`}
          </p>
          <Differences of={version.differences} />
          {index > 0 && (
            <div>
              <Button variant="quiet" onClick={() => onRestore(version)}>
                Restore version {version.number}
              </Button>
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}
