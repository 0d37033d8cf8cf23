import Button from 'react-bootstrap/Button';

import type { BankQuestionDetail, BankVersion } from '@/api/types';
import { plural } from '@/lib/format';

import { Differences } from './differences';
import type { Earlier } from './earlier';
import { History } from './history';

interface Props {
  shipped: BankQuestionDetail['shipped'];
  versions: BankVersion[];
  onRestore: (earlier: Earlier) => void;
}

/** What an entry said before, what this release ships, and the way back to either. */
export function Past({ shipped, versions, onRestore }: Props) {
  return (
    <section aria-labelledby="history" className="stack">
      <h2 id="history">History</h2>
      {shipped !== null && <Shipped shipped={shipped} onTake={() => onRestore('shipped')} />}
      <History versions={versions} onRestore={onRestore} />
    </section>
  );
}

function Shipped({ shipped, onTake }: { shipped: NonNullable<Props['shipped']>; onTake: () => void }) {
  return (
    <div className="stack">
      <p className="flush">
        What is in use is not the wording this release ships{shipped.label !== null && ` (${shipped.label})`}.
        They differ in {plural(shipped.differences.length, 'place')}.
      </p>
      <details>
        <summary>Compare with the shipped wording</summary>
        <div className="stack">
          <Differences of={shipped.differences} />
        </div>
      </details>
      <div>
        <Button variant="quiet" onClick={onTake}>
          Take the shipped wording
        </Button>
      </div>
    </div>
  );
}
