import { useEffect, useRef, useState } from 'react';
import Button from 'react-bootstrap/Button';

import type { BankRubricBody } from '@/api/types';
import { ChoiceList } from '@/components/choice-list';
import { Field } from '@/components/field';
import { Icon } from '@/components/icon';

import './bank.css';
import { errorAt, errorOf, faultyIn } from './errors';
import { TextArea } from './text-area';

export type Dimension = BankRubricBody['dimensions'][number];
type Sentences = Dimension['anchors'];

/** A level of experience. */
export interface Experience {
  id: string;
  label: string;
}

/** The id of the choice for the common sentences; no level of experience has it. */
export const EVERYONE = '';

const list = new Intl.ListFormat('en-GB');

interface Props {
  dimension: Dimension;
  /** Where it stands in the rubric, as the server's reasons name it. */
  place: string;
  levels: Experience[];
  error: unknown;
  /** Whose sentences are shown. */
  shown: string;
  onShow: (level: string) => void;
  onChange: (change: Partial<Dimension>) => void;
}

/** One side of an answer: its weight, and its five sentences for everyone or for one level of experience. */
export function RubricDimension({ dimension, place, levels, error, shown, onShow, onChange }: Props) {
  const own = dimension.by_level ?? {};
  const level = levels.find(({ id }) => id === shown);
  const mine = level === undefined ? undefined : own[level.id]?.anchors;
  // What was taken away comes back with one press, until the page is left or saved.
  const [aside, setAside] = useState<Record<string, Sentences>>({});
  const sentences = useRef<HTMLDivElement>(null);
  const [moves, setMoves] = useState(0);
  useEffect(() => {
    // The button that was pressed is gone: what came in its place is next.
    if (moves > 0) sentences.current?.querySelector<HTMLElement>('textarea, button')?.focus();
  }, [moves]);

  function setOwn(id: string, anchors: Sentences | null): void {
    const left = Object.entries(own).filter(([known]) => known !== id);
    onChange({ by_level: Object.fromEntries(anchors === null ? left : [...left, [id, { anchors }]]) });
  }
  const isFaulty = (id: string) =>
    id === EVERYONE
      ? faultyIn(error, place).includes('anchors')
      : id in own && faultyIn(error, `${place}.by_level`).includes(id);
  const choices = [{ id: EVERYONE, label: 'Everyone' }, ...levels].map(({ id, label }) => {
    const detail = isFaulty(id) ? (
      <span className="field-error">
        <Icon name="alert" size={16} /> to correct
      </span>
    ) : id in own ? (
      <span className="small">own wording</span>
    ) : undefined;
    return { value: id, label, ...(detail === undefined ? {} : { detail }) };
  });

  return (
    <fieldset>
      <legend>{dimension.label}</legend>
      <Field
        label={`Weight of ${dimension.label.toLowerCase()}`}
        type="number"
        step="0.01"
        min={0.01}
        max={1}
        value={dimension.weight}
        error={errorAt(error, `${place}.weight`)}
        onChange={(event) => onChange({ weight: Number(event.target.value) })}
      />
      <ChoiceList
        legend="Anchors for"
        legendShown
        shape="tiles"
        choices={choices}
        chosen={shown}
        onChoose={onShow}
      />
      <div ref={sentences} className="bank-anchors">
        {level === undefined ? (
          <>
            <p className="flush muted">{usersOf(levels, own)}</p>
            <FiveSentences
              label={(number) => `${dimension.label}, level ${number}`}
              anchors={dimension.anchors}
              place={`${place}.anchors`}
              error={error}
              onType={(anchors) => onChange({ anchors })}
            />
          </>
        ) : mine !== undefined ? (
          <>
            {errorOf(error, `${place}.by_level.${level.id}`) !== undefined && (
              <p className="flush field-error">
                <Icon name="alert" size={16} /> {errorOf(error, `${place}.by_level.${level.id}`)}
              </p>
            )}
            <FiveSentences
              label={(number) => `${dimension.label}, level ${number}, for ${inSentence(level)}`}
              anchors={mine}
              place={`${place}.by_level.${level.id}.anchors`}
              error={error}
              onType={(anchors) => setOwn(level.id, anchors)}
            />
            <div>
              <Button
                variant="quiet"
                onClick={() => {
                  setAside({ ...aside, [level.id]: mine });
                  setOwn(level.id, null);
                  setMoves(moves + 1);
                }}
              >
                Use the common wording for {inSentence(level)}{' '}
                <span className="visually-hidden">in {dimension.label.toLowerCase()}</span>
              </Button>
            </div>
          </>
        ) : (
          <>
            <p className="flush">Uses the common wording:</p>
            <ol className="flush muted bank-common">
              {dimension.anchors.map((anchor, index) => (
                <li key={index}>{anchor}</li>
              ))}
            </ol>
            <div>
              <Button
                variant="quiet"
                onClick={() => {
                  setOwn(level.id, aside[level.id] ?? dimension.anchors);
                  setMoves(moves + 1);
                }}
              >
                {aside[level.id] === undefined ? 'Write own anchors' : 'Take the own anchors back'} for{' '}
                {inSentence(level)}{' '}
                <span className="visually-hidden">in {dimension.label.toLowerCase()}</span>
              </Button>
            </div>
          </>
        )}
      </div>
    </fieldset>
  );
}

interface SentencesProps {
  label: (number: number) => string;
  anchors: Sentences;
  place: string;
  error: unknown;
  onType: (anchors: Sentences) => void;
}

function FiveSentences({ label, anchors, place, error, onType }: SentencesProps) {
  return anchors.map((anchor, index) => (
    <TextArea
      key={index}
      label={label(index + 1)}
      value={anchor}
      error={errorAt(error, `${place}.${index}`)}
      onType={(text) => onType(anchors.map((old, at) => (at === index ? text : old)) as Sentences)}
    />
  ));
}

/** Who the common sentences are for. */
function usersOf(levels: Experience[], own: NonNullable<Dimension['by_level']>): string {
  const users = levels.filter(({ id }) => !(id in own));
  if (users.length === levels.length) return 'Used at every level of experience.';
  if (users.length === 0) return 'Used at no level of experience: each has its own wording.';
  return `Used for ${list.format(users.map(inSentence))}; the others have their own wording.`;
}

function inSentence({ label }: Experience): string {
  return label.charAt(0).toLowerCase() + label.slice(1);
}
