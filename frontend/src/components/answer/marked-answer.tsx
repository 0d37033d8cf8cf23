import { useMemo, useState } from 'react';
import Button from 'react-bootstrap/Button';

import { countWords, wordCount } from '@/lib/format';

import { firstLook, segmentsOf, type Mark } from './evidence';
import './marked-answer.css';

interface Props {
  text: string;
  marks: Mark[];
  /** Prefix for element ids, unique per answer. */
  scope: string;
  /** The mark to bring out, while a note about it is looked at. */
  active: string | null;
  onActive: (id: string | null) => void;
}

export function markElementId(scope: string, mark: string): string {
  return `${scope}-mark-${mark}`;
}

/** The answer in the candidate's own words, with the marker over what counts. */
export function MarkedAnswer({ text, marks, scope, active, onActive }: Props) {
  const cut = useMemo(() => firstLook(text), [text]);
  const [whole, setWhole] = useState(false);
  // A note about words further down opens the rest.
  const activeMark = marks.find(({ id }) => id === active);
  const open = whole || cut === null || (activeMark !== undefined && activeMark.end > cut);
  if (open && !whole && cut !== null) setWhole(true);

  const shown = useMemo(() => (open ? text : Array.from(text).slice(0, cut).join('')), [open, text, cut]);
  const segments = useMemo(
    () => segmentsOf(shown, open ? marks : marks.filter(({ end }) => end <= cut)),
    [shown, open, marks, cut],
  );
  const seen = new Set<string>();

  return (
    <div>
      <div className="marked-answer said">
        {segments.map((segment, index) => {
          if (segment.marks.length === 0) return <span key={index}>{segment.text}</span>;
          const begins = segment.marks.filter(({ id }) => !seen.has(id));
          begins.forEach(({ id }) => seen.add(id));
          const ends = segment.marks.filter(
            ({ id, note }) =>
              note !== null &&
              !segments.slice(index + 1).some((later) => later.marks.some((mark) => mark.id === id)),
          );
          const kind = segment.marks.some((mark) => mark.kind === 'counts') ? 'counts' : 'gap';
          const lit = active !== null && segment.marks.some(({ id }) => id === active);
          return (
            <mark
              key={index}
              className={`mark mark-${kind}${lit ? ' mark-lit' : ''}`}
              onMouseEnter={() => onActive(segment.marks[0]?.id ?? null)}
              onMouseLeave={() => onActive(null)}
            >
              {begins.map(({ id }) => (
                <span key={id} id={markElementId(scope, id)} className="mark-anchor" tabIndex={-1} />
              ))}
              {segment.text}
              {ends.map(({ id, note }) => (
                <sup key={id} className="mark-number">
                  {/* Keeps the number on the line of the last word. */}
                  {'\u2060'}
                  <span className="visually-hidden">note </span>
                  {note}
                </sup>
              ))}
            </mark>
          );
        })}
        {!open && '…'}
      </div>
      {!open && (
        <Button variant="words" className="marked-answer-more" onClick={() => setWhole(true)}>
          Show the whole answer ({wordCount(countWords(text))})
        </Button>
      )}
    </div>
  );
}
