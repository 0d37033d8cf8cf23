import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import Button from 'react-bootstrap/Button';

import { catalogQuery } from '@/api/catalog/get-catalog';
import type { BankQuestionBody } from '@/api/types';
import { Field } from '@/components/field';
import { SelectField } from '@/features/admin/filter-fields';

import './bank.css';
import { errorAt } from './errors';
import { TermsField } from './terms-field';
import { TextArea } from './text-area';
import { competenciesOf, kindWords } from './words';

interface Props {
  content: BankQuestionBody;
  error: unknown;
  onChange: (content: BankQuestionBody) => void;
  children?: ReactNode;
}

/** Everything a question consists of. */
export function QuestionForm({ content, error, onChange, children }: Props) {
  const catalog = useQuery(catalogQuery).data;
  const set = (change: Partial<BankQuestionBody>) => onChange({ ...content, ...change });
  const points = content.key_points;
  const setPoint = (index: number, change: Partial<(typeof points)[number]>) =>
    set({ key_points: points.map((point, at) => (at === index ? { ...point, ...change } : point)) });
  const competencies = competenciesOf(catalog);
  return (
    <div className="bank-form">
      {children}
      <TextArea
        label="Question"
        rows={3}
        value={content.text}
        error={errorAt(error, 'text')}
        onType={(text) => set({ text })}
      />
      <div className="bank-row">
        <SelectField
          label="Kind"
          narrows={false}
          value={content.kind}
          onChoose={(kind) => set({ kind: kind as BankQuestionBody['kind'] })}
        >
          {Object.entries(kindWords).map(([id, label]) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </SelectField>
        <SelectField
          label="Jobs"
          narrows={false}
          value={content.family ?? ''}
          onChoose={(family) => set({ family: family || null, roles: [] })}
        >
          <option value="">Every job</option>
          {catalog?.families.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </SelectField>
        <SelectField
          label="Competency"
          narrows={false}
          value={content.competency}
          onChoose={(competency) => set({ competency })}
        >
          {!competencies.some(([id]) => id === content.competency) && (
            <option value={content.competency}>{content.competency}</option>
          )}
          {competencies.map(([id, label]) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </SelectField>
        <Field
          label="Difficulty, 1 to 5"
          type="number"
          min={1}
          max={5}
          value={content.difficulty}
          error={errorAt(error, 'difficulty')}
          onChange={(event) => set({ difficulty: Number(event.target.value) })}
        />
        <Field
          label="Suggested seconds"
          type="number"
          min={60}
          max={300}
          value={content.suggested_seconds}
          error={errorAt(error, 'suggested_seconds')}
          onChange={(event) => set({ suggested_seconds: Number(event.target.value) })}
        />
      </div>
      <fieldset>
        <legend>What a good answer covers</legend>
        {errorAt(error, 'key_points') !== undefined && (
          <p className="flush field-error">Key points: {errorAt(error, 'key_points')}</p>
        )}
        {points.map((point, index) => (
          <div key={index} className="bank-point">
            <TextArea
              label={`Key point ${index + 1}`}
              value={point.text}
              error={errorAt(error, `key_points.${index}.text`)}
              onType={(text) => setPoint(index, { text })}
            />
            <TermsField
              label={`Words that show key point ${index + 1}`}
              terms={point.terms}
              error={errorAt(error, `key_points.${index}.terms`)}
              onType={(terms) => setPoint(index, { terms })}
            />
            {points.length > 4 && (
              <div>
                <Button
                  variant="quiet"
                  onClick={() => set({ key_points: points.filter((_, at) => at !== index) })}
                >
                  Remove key point {index + 1}
                </Button>
              </div>
            )}
          </div>
        ))}
        {points.length < 7 && (
          <div>
            <Button
              variant="quiet"
              onClick={() => set({ key_points: [...points, { id: freshId(points), text: '', terms: [] }] })}
            >
              Add a key point
            </Button>
          </div>
        )}
      </fieldset>
      <fieldset>
        <legend>What answers look like</legend>
        {(['weak', 'solid', 'strong'] as const).map((level) => (
          <TextArea
            key={level}
            label={level.charAt(0).toUpperCase() + level.slice(1)}
            value={content.anchors[level]}
            error={errorAt(error, `anchors.${level}`)}
            onType={(text) => set({ anchors: { ...content.anchors, [level]: text } })}
          />
        ))}
      </fieldset>
      <section aria-label="Preview">
        <p className="small muted flush">As a candidate sees it</p>
        <p className="question-text flush">{content.text}</p>
      </section>
    </div>
  );
}

function freshId(points: BankQuestionBody['key_points']): string {
  let number = points.length + 1;
  while (points.some(({ id }) => id === `point-${number}`)) number += 1;
  return `point-${number}`;
}
