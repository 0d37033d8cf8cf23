import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import Button from 'react-bootstrap/Button';
import { Link, useParams } from 'react-router';

import { bankRubricQuery, useChangeRubric, type RubricId } from '@/api/admin/bank';
import { catalogQuery } from '@/api/catalog/get-catalog';
import { ProblemError } from '@/api/problem';
import type { BankRubricBody, BankRubricDetail, BankVersion } from '@/api/types';
import { BusyButton } from '@/components/busy-button';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import { PageTitle } from '@/components/page-title';
import { ProblemNotice } from '@/components/problem-notice';
import { Loading, SkeletonRows } from '@/components/skeleton';
import { paths } from '@/config/paths';
import { SelectField } from '@/features/admin/filter-fields';

import './bank.css';
import { errorAt, faultyIn } from './errors';
import { Differences } from './differences';
import { History } from './history';
import { ReasonDialog } from './reason-dialog';
import { EVERYONE, RubricDimension } from './rubric-dimension';
import { TextArea } from './text-area';
import { UnsavedGuard } from './unsaved-guard';
import { useFocusOnRefused } from './use-focus-on-refused';

/** How answers are judged: weights, the sentence of each level, and what each level of experience is expected to show. */
export function Component() {
  const { rubricId = '' } = useParams();
  const rubric = useQuery(bankRubricQuery(rubricId as RubricId));
  return (
    <div className="page bank-page">
      <PageTitle>Rubric</PageTitle>
      <div className="stack">
        <Link to={paths.adminBank}>Question bank</Link>
        <h1>{rubric.data?.content.label ?? 'Rubric'}</h1>
      </div>
      {rubric.data !== undefined ? (
        <Editor key={rubricId} rubric={rubric.data} />
      ) : rubric.isError ? (
        <ProblemNotice error={rubric.error} onRetry={() => void rubric.refetch()} />
      ) : (
        <Loading what="the rubric">
          <SkeletonRows rows={4} />
        </Loading>
      )}
    </div>
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
  const [base, setBase] = useState(rubric);
  const [content, setContent] = useState(() => bodyIn(rubric));
  const [change, setChange] = useState<'wording' | 'meaning'>('wording');
  const [note, setNote] = useState('');
  const [asking, setAsking] = useState<BankVersion | 'shipped' | null>(null);
  const [shown, setShown] = useState<Record<string, string>>({});
  const catalog = useQuery(catalogQuery).data;
  const edit = useChangeRubric(id);
  const form = useFocusOnRefused(edit.error);
  const move = useChangeRubric(id);
  const saved = bodyIn(base);
  const dirty = JSON.stringify(content) !== JSON.stringify(saved);
  const labelOf = (level: string) =>
    catalog?.levels.find(({ id }) => id === level)?.label ?? level.replaceAll('-', ' ');
  const levels = content.expectations.map(({ level }) => ({ id: level, label: labelOf(level) }));
  const total = content.dimensions.reduce((sum, { weight }) => sum + weight, 0);
  const newer =
    edit.error instanceof ProblemError && edit.error.type === 'bank-changed'
      ? (edit.error.extensions.current as { version: number; content: BankRubricDetail['content'] })
      : null;

  function taken(saved: BankRubricDetail): void {
    setBase(saved);
    setContent(bodyIn(saved));
    setNote('');
    setAsking(null);
  }
  function save(version: number): void {
    edit.mutate(
      { do: 'edit', version, change, content, note },
      {
        onSuccess: taken,
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
          onChange={(event) => setNote(event.target.value)}
        />
        {edit.isError && newer === null && <ProblemNotice error={edit.error} />}
        {newer !== null && (
          <Notice
            tone="problem"
            urgent
            title={`Somebody else saved ${newer.content.version} meanwhile.`}
            action={
              <span className="bank-buttons">
                <Button variant="quiet" onClick={() => save(newer.version)}>
                  Save mine as the next version
                </Button>
                <Button
                  variant="quiet"
                  onClick={() => {
                    edit.reset();
                    taken({ ...base, content: newer.content, version: newer.version });
                  }}
                >
                  Take theirs
                </Button>
              </span>
            }
          >
            Yours is kept in the form.
          </Notice>
        )}
        <div className="bank-buttons">
          <BusyButton
            type="submit"
            busy={edit.isPending}
            busyText="Saving…"
            disabled={!dirty}
            aria-describedby={dirty ? undefined : 'unchanged'}
          >
            Save as a new version
          </BusyButton>
          {dirty && (
            <Button variant="quiet" onClick={() => setContent(saved)}>
              Undo changes
            </Button>
          )}
        </div>
        {!dirty && !edit.isSuccess && (
          <p id="unchanged" className="flush muted">
            Nothing has changed yet, so there is nothing to save.
          </p>
        )}
        {edit.isSuccess && !dirty && (
          <p id="unchanged" role="status" className="flush">
            Saved as {base.content.version}.
          </p>
        )}
      </form>
      <section aria-labelledby="history" className="stack">
        <h2 id="history">History</h2>
        {rubric.shipped !== null && <Shipped shipped={rubric.shipped} onTake={() => setAsking('shipped')} />}
        <History versions={rubric.history} onRestore={setAsking} />
      </section>
      {asking !== null && (
        <ReasonDialog
          title={
            asking === 'shipped' ? 'Take the shipped wording?' : `Restore ${asking.label ?? 'this version'}?`
          }
          confirm={asking === 'shipped' ? 'Take it' : 'Restore'}
          busy={move.isPending}
          error={move.error}
          onConfirm={(reason) =>
            move.mutate(
              {
                do: 'restore',
                version: base.version,
                to: asking === 'shipped' ? asking : asking.number,
                note: reason,
              },
              { onSuccess: taken },
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

/** What this release ships, when something else is in use: the "as shipped" of the history may be that of an older one. */
function Shipped({
  shipped,
  onTake,
}: {
  shipped: NonNullable<BankRubricDetail['shipped']>;
  onTake: () => void;
}) {
  const count = shipped.differences.length;
  return (
    <div className="stack">
      <p className="flush">
        What is in use is not the wording this release ships ({shipped.label}). They differ in {count}{' '}
        {count === 1 ? 'place' : 'places'}.
      </p>
      <details>
        <summary>Compare with the shipped wording</summary>
        <div className="stack">
          <Differences of={shipped.differences} />
        </div>
      </details>
      <div>
        <Button variant="quiet" onClick={onTake}>
          Take the shipped wording
        </Button>
      </div>
    </div>
  );
}
