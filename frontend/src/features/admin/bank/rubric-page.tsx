import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router';

import { bankRubricQuery, useChangeRubric, type RubricId } from '@/api/admin/bank';
import { catalogQuery } from '@/api/catalog/get-catalog';
import type { BankRubricBody, BankRubricDetail } from '@/api/types';
import { Field } from '@/components/field';
import { ProblemNotice } from '@/components/problem-notice';
import { SelectField } from '@/features/admin/filter-fields';

import './bank.css';
import { numberOf, restoring, type Earlier } from './earlier';
import { errorAt, faultyIn } from './errors';
import { ItemPage } from './item-page';
import { Past } from './past';
import { ReasonDialog } from './reason-dialog';
import { EVERYONE, RubricDimension } from './rubric-dimension';
import { SaveBar } from './save-bar';
import { SavedMeanwhile } from './saved-meanwhile';
import { TextArea } from './text-area';
import { UnsavedGuard } from './unsaved-guard';
import { newerIn, useDraft } from './use-draft';
import { useFocusOnRefused } from './use-focus-on-refused';

/** How answers are judged: weights, the sentence of each level, and what each level of experience is expected to show. */
export function Component() {
  const { rubricId = '' } = useParams();
  const rubric = useQuery(bankRubricQuery(rubricId as RubricId));
  return (
    <ItemPage title="Rubric" heading={rubric.data?.content.label ?? 'Rubric'} item={rubric}>
      {(found) => <Editor key={rubricId} rubric={found} />}
    </ItemPage>
  );
}

function bodyIn({ content }: BankRubricDetail): BankRubricBody {
  const body: BankRubricBody & { id?: string; version?: string } = { ...content };
  delete body.id;
  delete body.version;
  return inOrder(body);
}

/** Own anchors in the order of the levels of experience, whichever came first: the same is the same then. */
function inOrder(body: BankRubricBody): BankRubricBody {
  const ids = body.expectations.map(({ level }) => level);
  return {
    ...body,
    dimensions: body.dimensions.map((dimension) => ({
      ...dimension,
      by_level: Object.fromEntries(
        Object.entries(dimension.by_level ?? {}).sort(([a], [b]) => ids.indexOf(a) - ids.indexOf(b)),
      ),
    })),
  };
}

/** Whether a level has to mean something else: by its weight, or as own anchors came or went. */
function meansElse(content: BankRubricBody, base: BankRubricBody): boolean {
  const sides = (body: BankRubricBody) =>
    body.dimensions.map(({ weight, by_level: own }) => [weight, Object.keys(own ?? {})]);
  return JSON.stringify(sides(content)) !== JSON.stringify(sides(base));
}

/** Whose sentences to show of each dimension, so that what the server refused is not out of sight. */
function whereRefused(
  error: unknown,
  { dimensions }: BankRubricBody,
  shown: Record<string, string>,
): Record<string, string> {
  const found = dimensions.flatMap(({ id }, index) => {
    const everyone = errorAt(error, `dimensions.${index}.anchors`) === undefined ? [] : [EVERYONE];
    const faulty = [...everyone, ...faultyIn(error, `dimensions.${index}.by_level`)];
    const first = faulty[0];
    return first === undefined || faulty.includes(shown[id] ?? EVERYONE) ? [] : [[id, first] as const];
  });
  return { ...shown, ...Object.fromEntries(found) };
}

function Editor({ rubric }: { rubric: BankRubricDetail }) {
  const { id } = rubric.content;
  const draft = useDraft(rubric, bodyIn);
  const { base, saved, content, setContent, dirty, note } = draft;
  const [change, setChange] = useState<'wording' | 'meaning'>('wording');
  const [asking, setAsking] = useState<Earlier | null>(null);
  const [shown, setShown] = useState<Record<string, string>>({});
  const catalog = useQuery(catalogQuery).data;
  const edit = useChangeRubric(id);
  const form = useFocusOnRefused(edit.error);
  const move = useChangeRubric(id);
  const labelOf = (level: string) =>
    catalog?.levels.find(({ id }) => id === level)?.label ?? level.replaceAll('-', ' ');
  const levels = content.expectations.map(({ level }) => ({ id: level, label: labelOf(level) }));
  const total = content.dimensions.reduce((sum, { weight }) => sum + weight, 0);
  const newer = newerIn<BankRubricDetail>(edit.error);

  function save(version: number): void {
    edit.mutate(
      { do: 'edit', version, change, content, note },
      {
        onSuccess: draft.taken,
        onError: (error) => setShown(whereRefused(error, content, shown)),
      },
    );
  }
  const setDimension = (index: number, next: Partial<BankRubricBody['dimensions'][number]>) =>
    setContent(
      inOrder({
        ...content,
        dimensions: content.dimensions.map((one, at) => (at === index ? { ...one, ...next } : one)),
      }),
    );

  return (
    <>
      <UnsavedGuard active={dirty} />
      <form
        ref={form}
        className="bank-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!edit.isPending) save(base.version);
        }}
      >
        <p className="flush muted">
          {base.content.version}. Answers that were judged keep the version they were judged by.
        </p>
        {content.dimensions.map((dimension, index) => (
          <RubricDimension
            key={`${dimension.id} ${base.version}`}
            dimension={dimension}
            place={`dimensions.${index}`}
            levels={levels}
            error={edit.error}
            shown={shown[dimension.id] ?? EVERYONE}
            onShow={(level) => setShown({ ...shown, [dimension.id]: level })}
            onChange={(next) => setDimension(index, next)}
          />
        ))}
        <p className={Math.abs(total - 1) < 1e-6 ? 'flush muted' : 'flush field-error'} role="status">
          The weights add up to {total.toFixed(2)}; they must make 1.
        </p>
        <fieldset>
          <legend>What level 3 shows, by experience</legend>
          {content.expectations.map((expectation, index) => (
            <TextArea
              key={expectation.level}
              label={labelOf(expectation.level)}
              value={expectation.text}
              error={errorAt(edit.error, `expectations.${index}.text`)}
              onType={(text) =>
                setContent({
                  ...content,
                  expectations: content.expectations.map((old, at) =>
                    at === index ? { ...old, text } : old,
                  ),
                })
              }
            />
          ))}
        </fieldset>
        <SelectField
          label="What this change is"
          narrows={false}
          value={change}
          onChoose={(value) => setChange(value as 'wording' | 'meaning')}
        >
          <option value="wording">Clearer words, the same meaning (minor version)</option>
          <option value="meaning">Another meaning or weight (major version)</option>
        </SelectField>
        {change === 'wording' && meansElse(content, saved) && (
          <p className="flush muted">
            A weight is another one, or own anchors came or went: this is saved as a major version either way.
          </p>
        )}
        <Field
          label="Reason for the change"
          value={note}
          maxLength={300}
          error={errorAt(edit.error, 'note')}
          onChange={(event) => draft.setNote(event.target.value)}
        />
        {edit.isError && newer === null && <ProblemNotice error={edit.error} />}
        {newer !== null ? (
          <SavedMeanwhile
            author={newer.author}
            version={newer.content.version}
            differences={newer.differences}
            onSave={() => save(newer.version)}
            onTake={() => {
              edit.reset();
              draft.take(newer);
            }}
          />
        ) : (
          <SaveBar
            edit={edit}
            dirty={dirty}
            save="Save as a new version"
            saved={`Saved as ${base.content.version}.`}
            onUndo={() => setContent(saved)}
          />
        )}
      </form>
      <Past shipped={rubric.shipped} versions={rubric.history} onRestore={setAsking} />
      {asking !== null && (
        <ReasonDialog
          {...restoring(asking)}
          busy={move.isPending}
          error={move.error}
          dirty={dirty}
          onConfirm={(reason) =>
            move.mutate(
              { do: 'restore', version: base.version, to: numberOf(asking), note: reason },
              {
                onSuccess: (restored) => {
                  draft.taken(restored);
                  setAsking(null);
                },
              },
            )
          }
          onCancel={() => {
            move.reset();
            setAsking(null);
          }}
        />
      )}
    </>
  );
}
