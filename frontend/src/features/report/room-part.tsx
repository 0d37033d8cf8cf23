import type { ReactNode } from 'react';

import { Icon } from '@/components/icon';

import './room-part.css';

interface Props {
  id: string;
  title: string;
  /** What is inside, in a few words. */
  state: string;
  open: boolean;
  onToggle: () => void;
  children: ReactNode;
}

/** A line that opens into one part of what the room kept. Closed it costs nothing: what is inside is made when it opens. */
export function RoomPart({ id, title, state, open, onToggle, children }: Props) {
  const panelId = `${id}-panel`;
  return (
    <section className="room-part" id={id} aria-labelledby={`${id}-title`}>
      <h3 className="room-part-head">
        <button
          type="button"
          className="room-part-toggle"
          aria-expanded={open}
          aria-controls={panelId}
          onClick={onToggle}
        >
          <span id={`${id}-title`} className="room-part-title">
            {title}
          </span>
          <span className="room-part-state muted">{state}</span>
          <span className="room-part-arrow">
            <Icon name="down" />
          </span>
        </button>
      </h3>
      <div id={panelId} className="room-part-panel" hidden={!open}>
        {open && children}
      </div>
    </section>
  );
}
