import Button from 'react-bootstrap/Button';

import type { BankVersion } from '@/api/types';
import { Notice } from '@/components/notice';
import { plural } from '@/lib/format';

import { Differences } from './differences';

interface Props {
  author: string | null;
  /** What they saved, by its name. */
  version: string;
  /** From theirs to one's own. */
  differences: BankVersion['differences'];
  onSave: () => void;
  onTake: () => void;
}

/** Somebody else saved a version of what is being edited: both are kept until one is chosen. */
export function SavedMeanwhile({ author, version, differences, onSave, onTake }: Props) {
  return (
    <Notice
      tone="problem"
      urgent
      title={`${author ?? 'Somebody else'} saved ${version} meanwhile.`}
      action={
        <span className="bank-buttons">
          <Button variant="quiet" onClick={onSave}>
            Save mine as the next version
          </Button>
          <Button variant="quiet" onClick={onTake}>
            Take theirs
          </Button>
        </span>
      }
    >
      <div className="stack">
        {differences.length === 0 ? (
          <p className="flush">It says what yours says.</p>
        ) : (
          <>
            <p className="flush">Yours is kept in the form.</p>
            <details open={differences.length <= 3}>
              <summary>
                Compare: {plural(differences.length, 'difference')}, theirs struck out, yours underlined
              </summary>
              <div className="stack">
                <Differences of={differences} />
              </div>
            </details>
          </>
        )}
      </div>
    </Notice>
  );
}
