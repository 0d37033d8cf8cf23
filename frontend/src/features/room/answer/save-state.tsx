import { Icon, type IconName } from '@/components/icon';

import type { DraftState, DraftStatus } from './draft-saver';

const shown: Record<DraftStatus, { icon: IconName; text: string }> = {
  saved: { icon: 'check', text: 'Saved' },
  unsaved: { icon: 'cloud', text: 'Not saved yet' },
  saving: { icon: 'cloud', text: 'Saving…' },
  offline: { icon: 'cut', text: 'Offline. Kept on this page, saved when the network is back' },
  failed: { icon: 'alert', text: 'Could not be saved yet. Kept on this page, trying again' },
  conflict: { icon: 'alert', text: 'Changed in another tab' },
  closed: { icon: 'alert', text: 'Handed in from another tab' },
};

const worrying = new Set<DraftStatus>(['offline', 'failed', 'conflict', 'closed']);

/** Whether what is written is safe. Spoken only when it is not, and when it is again. */
export function SaveState({ state, empty }: { state: DraftState; empty: boolean }) {
  const { icon, text } = shown[state.status];
  const quiet = empty && state.status === 'saved';
  return (
    <>
      <span className="save-state" data-worrying={worrying.has(state.status) || undefined}>
        {!quiet && (
          <>
            <Icon name={icon} size={18} /> {text}
          </>
        )}
      </span>
      <span className="visually-hidden" role="status">
        {worrying.has(state.status) ? text : ''}
      </span>
    </>
  );
}
