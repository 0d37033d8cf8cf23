import { useState } from 'react';
import Button from 'react-bootstrap/Button';
import Modal from 'react-bootstrap/Modal';

import { BusyButton } from '@/components/busy-button';
import { ProblemNotice } from '@/components/problem-notice';
import { bytes, plural } from '@/lib/format';
import { forgetRecordings } from '@/lib/recording/resume';
import { useLocalRecordings } from '@/lib/recording/use-local-recordings';
import { useUnsentBytes } from '@/lib/recording/use-unsent-bytes';

interface Props {
  owner: string;
  busy: boolean;
  error: unknown;
  onLogOut: () => void;
  onClose: () => void;
}

/** Recordings that exist in this browser only are never deleted without a word, and never left behind without one. */
export function LogOutDialog({ owner, busy, error, onLogOut, onClose }: Props) {
  const { recordings, failed } = useLocalRecordings(owner);
  const unsent = useUnsentBytes(owner);
  const [deleting, setDeleting] = useState(false);
  const [kept, setKept] = useState(false);
  const count = recordings?.length ?? 0;
  const here = count > 0 || unsent > 0;

  function deleteAll(): void {
    if (deleting) return;
    setDeleting(true);
    setKept(false);
    forgetRecordings(owner)
      .then(onLogOut, () => setKept(true))
      .finally(() => setDeleting(false));
  }

  return (
    <Modal show onHide={onClose} centered aria-labelledby="log-out-title">
      <Modal.Header>
        <h2 id="log-out-title">Log out?</h2>
      </Modal.Header>
      <Modal.Body>
        {failed ? (
          <p>
            Whether recordings are kept in this browser could not be read. If there are any, they stay here.
          </p>
        ) : recordings === null ? (
          <p role="status">Looking for recordings in this browser…</p>
        ) : count === 0 ? (
          unsent === 0 && <p>No recording is left in this browser.</p>
        ) : (
          <p>
            {plural(count, 'recording')} of you {count === 1 ? 'is' : 'are'} kept in this browser only.
            Whoever uses this browser’s profile could reach {count === 1 ? 'it' : 'them'}; you find{' '}
            {count === 1 ? 'it' : 'them'} again when you log in here.
          </p>
        )}
        {unsent > 0 && (
          <p>
            {bytes(unsent)} of a recording are still on their way to the server. Stay until they have arrived:
            this changes when they have. If you log out now, they wait here until you log in again in this
            browser.
          </p>
        )}
        {kept && (
          <p role="alert">They could not be deleted. Try again, or clear this site’s data in the browser.</p>
        )}
        {error != null && <ProblemNotice error={error} />}
      </Modal.Body>
      <Modal.Footer>
        <Button variant="words" onClick={onClose}>
          Stay
        </Button>
        {here && (
          <BusyButton variant="quiet" busy={deleting} busyText="Deleting…" onClick={deleteAll}>
            Delete {count === 1 && unsent === 0 ? 'it' : count === 0 ? 'the rest' : 'them'} and log out
          </BusyButton>
        )}
        <BusyButton busy={busy} busyText="Logging out…" onClick={onLogOut}>
          {here ? 'Keep and log out' : 'Log out'}
        </BusyButton>
      </Modal.Footer>
    </Modal>
  );
}
