import { Link } from 'react-router';

import './room-record.css';
import type { RoomPartId } from './use-room-record';

const names: Record<RoomPartId, string> = {
  recording: 'Watch it again',
  notices: 'Session notices',
  presence: 'What was visible',
};

/** What comes below the feedback, so that nobody has to scroll to find out. */
export function OnThisPage({ parts }: { parts: RoomPartId[] }) {
  if (parts.length === 0) return null;
  return (
    <nav aria-label="On this page" className="on-this-page">
      <ul role="list">
        <li>
          <Link to={{ hash: 'answers' }} replace>
            Answer by answer
          </Link>
        </li>
        {parts.map((part) => (
          <li key={part}>
            <Link to={{ hash: part }} replace>
              {names[part]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
