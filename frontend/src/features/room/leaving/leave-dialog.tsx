import Button from 'react-bootstrap/Button';
import Modal from 'react-bootstrap/Modal';

import { BusyButton } from '@/components/busy-button';
import { ProblemNotice } from '@/components/problem-notice';
import { bytes } from '@/lib/format';

interface Props {
  open: boolean;
  /** What was written and said has reached the server. */
  safe: boolean;
  busy: boolean;
  error: unknown;
  answered: number;
  /** Of the recording, still on its way to the server. */
  unsentBytes: number;
  onStay: () => void;
  onLeave: () => void;
  onFinish: () => void;
}

/** A recording that keeps up has a second or two under way all the time; that is nothing to wait for. */
const worthAWord = 500_000;

/** Leaving is allowed at any time; the two ways differ in whether one comes back. */
export function LeaveDialog(props: Props) {
  const { open, safe, busy, error, answered, unsentBytes, onStay, onLeave, onFinish } = props;
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
        {unsentBytes >= worthAWord && (
          <p>
            {bytes(unsentBytes)} of the recording are still on their way from this browser. They go on being
            sent while this site stays open, and are taken up again when you come back.
          </p>
        )}
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
