import Button from 'react-bootstrap/Button';

import { Notice } from '@/components/notice';
import { countWords, wordCount } from '@/lib/format';

interface Props {
  mine: string;
  theirs: string;
  onChoose: (choice: 'mine' | 'theirs') => void;
}

/** Two tabs wrote different answers: both are shown, the person chooses, nothing is overwritten before. */
export function DraftConflict({ mine, theirs, onChoose }: Props) {
  return (
    <Notice
      title="This answer was also changed in another tab."
      urgent
      action={
        <>
          <Button variant="quiet" onClick={() => onChoose('mine')}>
            Keep the one on this page ({wordCount(countWords(mine))})
          </Button>
          <Button variant="quiet" onClick={() => onChoose('theirs')}>
            Take the other ({wordCount(countWords(theirs))})
          </Button>
        </>
      }
    >
      <p>Nothing is saved until you choose. The other one reads:</p>
      <blockquote className="said room-theirs">{theirs === '' ? '(empty)' : theirs}</blockquote>
    </Notice>
  );
}
