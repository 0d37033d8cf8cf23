import Button from 'react-bootstrap/Button';
import Modal from 'react-bootstrap/Modal';

import { Icon } from '@/components/icon';
import { ProblemNotice } from '@/components/problem-notice';
import { SkeletonRows } from '@/components/skeleton';

import type { ReadAloud } from '@/lib/use-read-aloud';
import { NoticeCard } from '@/features/room/watch/notice-card';
import { CaptureRows } from './capture-rows';
import { useCaptures } from './captures-context';
import { RoomSettings } from './room-settings';

interface Props {
  open: boolean;
  /** The voice of this room: what is chosen here is heard there. */
  aloud: ReadAloud;
  onClose: () => void;
}

/** All that is on, with its words and its switch; then how the room behaves. Withdrawing works at once. */
export function OnPanel({ open, aloud, onClose }: Props) {
  const { offer, offerFailed, retryOffer, notices } = useCaptures();
  return (
    <Modal
      show={open}
      onHide={onClose}
      scrollable
      dialogClassName="panel-dialog"
      aria-labelledby="panel-title"
    >
      <Modal.Header>
        <h2 id="panel-title">What is on</h2>
        <Button variant="words" className="icon-button" aria-label="Close" onClick={onClose}>
          <Icon name="cross" />
        </Button>
      </Modal.Header>
      <Modal.Body>
        <p className="muted">
          Switching off works at once. What is already in your answers stays; a recording can be watched and
          deleted afterwards, and a notice can be answered at any time.
        </p>
        {offer !== undefined ? (
          <CaptureRows />
        ) : offerFailed !== null ? (
          <ProblemNotice error={offerFailed} onRetry={retryOffer} />
        ) : (
          <SkeletonRows rows={3} />
        )}
        {notices.notices.length > 0 && (
          <section className="panel-part" aria-labelledby="panel-notices">
            <h2 id="panel-notices">Noted in this sitting</h2>
            {notices.notices.toReversed().map((shown) => (
              <NoticeCard key={shown.id} shown={shown} />
            ))}
          </section>
        )}
        <RoomSettings aloud={aloud} />
      </Modal.Body>
    </Modal>
  );
}
