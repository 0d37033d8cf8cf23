import type { ReactNode } from 'react';
import Button from 'react-bootstrap/Button';

import { BusyButton } from '@/components/busy-button';

interface Props {
  edit: { isPending: boolean; isSuccess: boolean };
  dirty: boolean;
  save: string;
  saved: string;
  onUndo: () => void;
  /** Further buttons, while there is nothing to save. */
  children?: ReactNode;
}

/** The end of a form of the bank: what can be done with it, and what became of that. */
export function SaveBar({ edit, dirty, save, saved, onUndo, children }: Props) {
  return (
    <>
      <div className="bank-buttons">
        <BusyButton
          type="submit"
          busy={edit.isPending}
          busyText="Saving…"
          disabled={!dirty}
          aria-describedby={dirty ? undefined : 'unchanged'}
        >
          {save}
        </BusyButton>
        {dirty ? (
          <Button variant="quiet" onClick={onUndo}>
            Undo changes
          </Button>
        ) : (
          children
        )}
      </div>
      {!dirty && !edit.isSuccess && (
        <p id="unchanged" className="flush muted">
          Nothing has changed yet, so there is nothing to save.
        </p>
      )}
      {edit.isSuccess && !dirty && (
        <p id="unchanged" role="status" className="flush">
          {saved}
        </p>
      )}
    </>
  );
}
