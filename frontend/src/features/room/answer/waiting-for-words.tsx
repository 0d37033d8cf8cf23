import Button from 'react-bootstrap/Button';

import { Notice } from '@/components/notice';
import { plural } from '@/lib/format';

interface Props {
  pending: number;
  onNow: () => void;
  onBack: () => void;
}

/** Handing in waits for what was said and is not written down yet. Nobody has to wait with it. */
export function WaitingForWords({ pending, onNow, onBack }: Props) {
  return (
    <div role="status">
      <Notice
        title="Your last words are still being written down."
        action={
          <>
            <Button variant="quiet" onClick={onNow}>
              Hand in without them
            </Button>
            <Button variant="words" onClick={onBack}>
              Go on with the answer
            </Button>
          </>
        }
      >
        {pending > 0 ? `${plural(pending, 'part')} to go. ` : ''}
        The answer is handed in by itself when they are here.
      </Notice>
    </div>
  );
}
