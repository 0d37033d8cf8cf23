import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import Button from 'react-bootstrap/Button';
import { Link, useParams } from 'react-router';

import { bankQuestionQuery, useChangeQuestion } from '@/api/admin/bank';
import type { BankQuestionBody, BankQuestionDetail } from '@/api/types';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import { ProblemNotice } from '@/components/problem-notice';
import { paths } from '@/config/paths';

import './bank.css';
import { numberOf, restoring, type Earlier } from './earlier';
import { errorAt } from './errors';
import { ItemPage } from './item-page';
import { Past } from './past';
import { QuestionForm } from './question-form';
import { ReasonDialog } from './reason-dialog';
import { SaveBar } from './save-bar';
import { SavedMeanwhile } from './saved-meanwhile';
import { UnsavedGuard } from './unsaved-guard';
import { newerIn, useDraft } from './use-draft';
import { useFocusOnRefused } from './use-focus-on-refused';

/** One question of the bank: its words, its state and its history. */
export function Component() {
  const { questionId = '' } = useParams();
  const question = useQuery(bankQuestionQuery(questionId));
  return (
    <ItemPage title="Question" heading={`Question ${questionId}`} item={question}>
      {(found) => <Editor key={questionId} question={found} />}
    </ItemPage>
  );
}

function bodyIn({ content }: BankQuestionDetail): BankQuestionBody {
  const body: BankQuestionBody & { id?: string } = { ...content };
  delete body.id;
  return body;
}

function Editor({ question }: { question: BankQuestionDetail }) {
  const { id } = question.content;
  const draft = useDraft(question, bodyIn);
  const { base, content, dirty, note } = draft;
  const [asking, setAsking] = useState<'retire' | 'restore' | Earlier | null>(null);
  const edit = useChangeQuestion(id);
  const form = useFocusOnRefused(edit.error);
  const move = useChangeQuestion(id);
  const newer = newerIn<BankQuestionDetail>(edit.error);

  function save(version: number): void {
    edit.mutate({ do: 'edit', version, content, note }, { onSuccess: draft.taken });
  }
  function confirm(asked: 'retire' | 'restore' | Earlier, reason: string): void {
    const change = { version: base.version, note: reason };
    move.mutate(
      asked === 'retire'
        ? { do: 'retire', ...change }
        : { do: 'restore', to: asked === 'restore' ? null : numberOf(asked), ...change },
      {
        onSuccess: (saved) => {
          draft.taken(saved);
          setAsking(null);
        },
      },
    );
  }
  return (
    <>
      <UnsavedGuard active={dirty} />
      {base.status === 'retired' && <Notice title="Retired: no further interview asks it." />}
      {base.similar.length > 0 && (
        <Notice title="Other questions ask nearly the same">
          <ul>
            {base.similar.map((other) => (
              <li key={other.id}>
                <Link to={paths.adminBankQuestion(other.id)}>{other.text}</Link>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <form
        ref={form}
        className="bank-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!edit.isPending) save(base.version);
        }}
      >
        <QuestionForm content={content} error={edit.error} onChange={draft.setContent}>
          <p className="flush muted">
            Version {base.version}. Interviews that are ready keep the version they have.
          </p>
        </QuestionForm>
        <Field
          label="Reason for the change"
          hint="Stands in the history."
          value={note}
          maxLength={300}
          error={errorAt(edit.error, 'note')}
          onChange={(event) => draft.setNote(event.target.value)}
        />
        {edit.isError && newer === null && <ProblemNotice error={edit.error} />}
        {newer !== null ? (
          <SavedMeanwhile
            author={newer.author}
            version={`version ${newer.version}`}
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
            save={`Save as version ${base.version + 1}`}
            saved={`Saved as version ${base.version}. The next interviews use it.`}
            onUndo={() => draft.setContent(draft.saved)}
          >
            {base.status === 'active' ? (
              <Button variant="quiet" onClick={() => setAsking('retire')}>
                Retire question
              </Button>
            ) : (
              <Button variant="quiet" onClick={() => setAsking('restore')}>
                Ask it again
              </Button>
            )}
          </SaveBar>
        )}
      </form>
      <Past shipped={question.shipped} versions={question.history} onRestore={setAsking} />
      {asking !== null && (
        <ReasonDialog
          {...askedFor(asking)}
          busy={move.isPending}
          error={move.error}
          dirty={dirty}
          onConfirm={(reason) => confirm(asking, reason)}
          onCancel={() => {
            move.reset();
            setAsking(null);
          }}
        />
      )}
    </>
  );
}

function askedFor(asking: 'retire' | 'restore' | Earlier): { title: string; confirm: string } {
  if (asking === 'retire') return { title: 'Retire this question?', confirm: 'Retire' };
  if (asking === 'restore') return { title: 'Ask this question again?', confirm: 'Ask it again' };
  return restoring(asking);
}
