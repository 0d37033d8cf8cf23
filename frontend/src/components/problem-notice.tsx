import type { ReactNode } from 'react';
import Button from 'react-bootstrap/Button';

import { ProblemError } from '@/api/problem';
import { messageFor } from '@/api/problem-messages';

import { Icon } from './icon';
import { Notice } from './notice';

interface Props {
  error: unknown;
  /** Shown as "Try again". */
  onRetry?: () => void;
  action?: ReactNode;
}

/** A failure in words: what happened, what was kept, what to do. */
export function ProblemNotice({ error, onRetry, action }: Props) {
  const message = messageFor(error);
  const text = [message.kept, message.next].filter((part) => part !== undefined).join(' ');
  const requestId = error instanceof ProblemError && error.status >= 500 ? error.requestId : null;
  const buttons = (onRetry !== undefined || action !== undefined) && (
    <>
      {onRetry && (
        <Button variant="quiet" onClick={onRetry}>
          <Icon name="retry" /> Try again
        </Button>
      )}
      {action}
    </>
  );
  return (
    <Notice tone="problem" title={message.title} urgent {...(buttons ? { action: buttons } : {})}>
      {text}
      {requestId !== null && <div className="small muted">Reference for support: {requestId}</div>}
    </Notice>
  );
}
