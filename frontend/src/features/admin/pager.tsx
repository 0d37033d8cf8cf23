import Button from 'react-bootstrap/Button';

import { Icon } from '@/components/icon';

import './pager.css';
import { newer, older, start, type Trail } from './trail';

interface Props {
  trail: Trail;
  nextCursor: string | null;
  /** Whether the first page holds what is newest: then the way on is "older". */
  byTime: boolean;
  busy: boolean;
  onTurn: (trail: Trail) => void;
}

/** The way through the pages. Its buttons stay where they are, so that the focus is never lost. */
export function Pager({ trail, nextCursor, byTime, busy, onTurn }: Props) {
  if (trail.page === 1 && nextCursor === null) return null;
  const back = newer(trail);
  const atStart = trail.page === 1;
  const jumps = !atStart && back.page < trail.page - 1;
  return (
    <nav aria-label="Pages" className="pager">
      <Button
        variant="quiet"
        aria-disabled={atStart || busy || undefined}
        onClick={() => {
          if (!atStart && !busy) onTurn(back);
        }}
      >
        <Icon name="back" /> {jumps ? 'To the first page' : byTime ? 'Newer' : 'Previous'}
      </Button>
      <span className="muted figures">Page {trail.page}</span>
      <Button
        variant="quiet"
        aria-disabled={nextCursor === null || busy || undefined}
        onClick={() => {
          if (nextCursor !== null && !busy) onTurn(older(trail, nextCursor));
        }}
      >
        {byTime ? 'Older' : 'Next'} <Icon name="arrow" />
      </Button>
      {trail.page > 2 && !jumps && (
        <Button variant="words" className="pager-first" onClick={() => onTurn(start)}>
          To the first page
        </Button>
      )}
    </nav>
  );
}
