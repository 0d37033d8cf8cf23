import type { ReviewedInterview } from '@/api/types';
import { isGap, NoticeFacts } from '@/components/session/notice-facts';
import { PresenceList } from '@/components/session/presence-list';

import { Moment } from './moment';
import './session-record.css';

/** What was noticed, each with what the candidate says to it, and what was visible while that is shared. */
export function SessionRecord({ interview }: { interview: ReviewedInterview }) {
  const { notices, presence = null, questions } = interview;
  if (notices.length === 0 && presence === null) return null;
  const noticed = notices.filter((notice) => !isGap(notice));
  const gaps = notices.filter(isGap);
  return (
    <section aria-labelledby="session" className="session-record">
      <div className="stack" style={{ '--gap': '0.5rem' } as React.CSSProperties}>
        <h2 id="session">From the room</h2>
        {notices.length > 0 && (
          <p className="flush muted">
            Things a browser noticed, with what the candidate says to them. There are many good reasons for
            each; none is a judgement, and none is in a score.
          </p>
        )}
      </div>
      {noticed.length > 0 && <Notices title="Session notices" notices={noticed} questions={questions} />}
      {gaps.length > 0 && <Notices title="When nothing could be said" notices={gaps} questions={questions} />}
      {presence !== null && (
        <div className="stack" style={{ '--gap': '1.25rem' } as React.CSSProperties}>
          <div className="stack" style={{ '--gap': '0.25rem' } as React.CSSProperties}>
            <h3>What was visible</h3>
            <p className="flush small muted">
              Shared by the candidate, who can take it back. An estimate of what a face looked like; it says
              nothing about what anybody felt, and it is in no score.
            </p>
          </div>
          <PresenceList answers={presence.answers} questions={questions} />
        </div>
      )}
    </section>
  );
}

interface NoticesProps {
  title: string;
  notices: NonNullable<ReviewedInterview['notices']>;
  questions: ReviewedInterview['questions'];
}

function Notices({ title, notices, questions }: NoticesProps) {
  return (
    <div className="stack" style={{ '--gap': '0.5rem' } as React.CSSProperties}>
      <h3>{title}</h3>
      <ul role="list" className="session-notices">
        {notices.map((notice) => (
          <li key={notice.id}>
            <NoticeFacts
              notice={notice}
              position={questions.find(({ id }) => id === notice.question_id)?.position ?? null}
            />
            {notice.reply === null ? (
              <p className="flush small muted">No reply.</p>
            ) : (
              <div>
                <p className="flush small muted">
                  The candidate’s reply{notice.replied_at !== null && ', '}
                  {notice.replied_at !== null && <Moment at={notice.replied_at} />}
                </p>
                <p className="flush said session-reply">{notice.reply}</p>
              </div>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
