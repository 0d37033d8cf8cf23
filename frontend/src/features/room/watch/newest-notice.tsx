import { plural } from '@/lib/format';

import { useCaptures } from '@/features/room/captures/captures-context';
import { NoticeCard } from './notice-card';
import { noticeWords } from './notice-words';

/** The newest notice that was not put away. The others wait under "What is on". */
export function NewestNotice() {
  const { open, putAway } = useCaptures().notices;
  const newest = open.at(-1);
  return (
    <>
      {newest && (
        <div className="notice-place">
          <NoticeCard key={newest.id} shown={newest} onDismiss={putAway} />
          {open.length > 1 && (
            <p className="flush small muted">
              {plural(open.length - 1, 'earlier notice')} under “What is on”.
            </p>
          )}
        </div>
      )}
      {/* Apart from the card, and without the length, which grows: each notice is read out once. */}
      <span className="visually-hidden" role="status">
        {newest && <span key={newest.id}>Noted: {noticeWords[newest.notice.kind].reason}</span>}
      </span>
    </>
  );
}
