import type { Note } from './evidence';
import { markId } from './evidence';
import './margin-notes.css';

interface Props {
  notes: Note[];
  active: string | null;
  onActive: (id: string | null) => void;
  onShow: (id: string) => void;
}

/** What the coach writes beside the answer. */
export function MarginNotes({ notes, active, onActive, onShow }: Props) {
  return (
    <ol role="list" className="margin-notes">
      {notes.map((note, index) => {
        const id = note.evidence === null ? null : markId(note.evidence);
        return (
          <li
            key={index}
            className={`margin-note margin-note-${note.kind}`}
            data-lit={(id !== null && id === active) || undefined}
            onMouseEnter={() => onActive(id)}
            onMouseLeave={() => onActive(null)}
          >
            <p className="margin-note-kind">
              {note.number !== null && <span className="margin-note-number">{note.number}</span>}
              {note.kind === 'strength' ? 'Works well' : 'Next time'}
            </p>
            <p className="flush" dir="auto">
              {note.text}
            </p>
            {note.fix !== null && note.fix !== '' && (
              <p className="margin-note-fix" dir="auto">
                {note.fix}
              </p>
            )}
            {id !== null && (
              <button type="button" className="quote-link" onClick={() => onShow(id)}>
                <span className="visually-hidden">Show in the answer: </span>
                <span className="said">“{shorten(note.evidence?.quote ?? '')}”</span>
              </button>
            )}
          </li>
        );
      })}
    </ol>
  );
}

export function shorten(quote: string, most = 90): string {
  const letters = Array.from(quote);
  return letters.length <= most ? quote : `${letters.slice(0, most).join('').trimEnd()}…`;
}
