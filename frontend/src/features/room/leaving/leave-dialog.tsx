import Button from 'react-bootstrap/Button';
import Modal from 'react-bootstrap/Modal';

import { BusyButton } from '@/components/busy-button';
import { ProblemNotice } from '@/components/problem-notice';

interface Props {
  open: boolean;
  /** What was written and said has reached the server. */
  safe: boolean;
  busy: boolean;
  error: unknown;
  answered: number;
  onStay: () => void;
  onLeave: () => void;
  onFinish: () => void;
}

/** Leaving is allowed at any time; the two ways differ in whether one comes back. */
export function LeaveDialog({ open, safe, busy, error, answered, onStay, onLeave, onFinish }: Props) {
  return (
    <Modal show={open} onHide={onStay} centered aria-labelledby="leave-title">
      <Modal.Header>
        <h2 id="leave-title">Leave the interview?</h2>
      </Modal.Header>
      <Modal.Body>
        {safe ? (
          <p>What you wrote is saved. You can go on later at this question.</p>
        ) : (
          <p>
            <strong>What you wrote or said last has not been saved yet.</strong> If you leave now it may be
            lost. Stay a moment: this changes when it is.
          </p>
        )}
        <p>
          {answered === 0
            ? 'Or finish for good: no answer has been handed in, so there will be nothing to report.'
            : 'Or finish for good: you get the report on what you have handed in. The rest counts as not reached.'}
        </p>
        {error != null && <ProblemNotice error={error} />}
      </Modal.Body>
      <Modal.Footer className="leave-actions">
        <Button variant="words" disabled={busy} onClick={onFinish}>
          Finish for good
        </Button>
        <Button variant="quiet" onClick={onLeave}>
          {safe ? 'Go on later' : 'Leave anyway'}
        </Button>
        <BusyButton busy={busy} busyText="Finishing…" onClick={onStay} autoFocus>
          Stay
        </BusyButton>
      </Modal.Footer>
    </Modal>
  );
}
