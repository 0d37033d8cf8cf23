import Button from 'react-bootstrap/Button';
import Modal from 'react-bootstrap/Modal';

import type { User } from '@/api/types';
import { paths } from '@/config/paths';
import { leaveTo } from '@/lib/leave-to';

import { LogInForm } from './log-in-form';

/** Asks for the password where the session ended; the page behind keeps what was typed. */
export function SessionEndedDialog({ user, onBack }: { user: User; onBack: () => void }) {
  return (
    <Modal show centered backdrop="static" keyboard={false} aria-labelledby="session-ended-title">
      <Modal.Header>
        <h2 id="session-ended-title">You have been logged out</h2>
      </Modal.Header>
      <Modal.Body>
        <p>What you typed is still on the page behind. Log in again to go on.</p>
        <LogInForm email={user.email} onDone={onBack} />
        <p className="small flush">
          <Button variant="words" className="small" onClick={() => leaveTo(paths.logIn)}>
            Use another account and lose what is not saved
          </Button>
        </p>
      </Modal.Body>
    </Modal>
  );
}
