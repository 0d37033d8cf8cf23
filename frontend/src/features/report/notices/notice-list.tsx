import Button from 'react-bootstrap/Button';

import type { InterviewQuestion, Notice } from '@/api/types';
import { isGap, NoticeFacts } from '@/components/session/notice-facts';
import { stopwatch } from '@/lib/format';

import './notice-list.css';
import { ReplyField } from './reply-field';

interface Props {
  interviewId: string;
  notices: Notice[];
  questions: InterviewQuestion[];
  /** Where the video shows it, or null. */
  placeOf: (notice: Notice) => number | null;
  onWatch: (notice: Notice) => void;
}

/** What was noticed, each with room for a reply; apart from it, the times of which nothing can be said. */
export function NoticeList(props: Props) {
  const noticed = props.notices.filter((notice) => !isGap(notice));
  const gaps = props.notices.filter(isGap);
  return (
    <div className="stack" style={{ '--gap': '2rem' } as React.CSSProperties}>
      <p className="flush">
        Things the browser noticed, not judgements: there are many good reasons for each. They are never in a
        score. Reviewers of this interview see them together with your replies.
      </p>
      {props.notices.length === 0 && <p className="flush muted">Nothing was noticed.</p>}
      {noticed.length > 0 && <Rows {...props} notices={noticed} label="What was noticed" />}
      {gaps.length > 0 && (
        <div className="stack" style={{ '--gap': '0.5rem' } as React.CSSProperties}>
          <h4 className="notices-heading">When nothing could be said</h4>
          <Rows {...props} notices={gaps} label="When nothing could be said" />
        </div>
      )}
    </div>
  );
}

function Rows({ interviewId, notices, questions, placeOf, onWatch, label }: Props & { label: string }) {
  return (
    <ul role="list" className="notices" aria-label={label}>
      {notices.map((notice) => {
        const place = placeOf(notice);
        return (
          <li key={notice.id}>
            <NoticeFacts
              notice={notice}
              position={questions.find(({ id }) => id === notice.question_id)?.position ?? null}
            />
            <ReplyField interviewId={interviewId} notice={notice}>
              {place !== null && (
                <Button
                  variant="words"
                  aria-label={`Watch at ${stopwatch(place)}: ${notice.reason}`}
                  onClick={() => onWatch(notice)}
                >
                  Watch at {stopwatch(place)}
                </Button>
              )}
            </ReplyField>
          </li>
        );
      })}
    </ul>
  );
}
