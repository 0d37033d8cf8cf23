import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import Button from 'react-bootstrap/Button';
import { Link, useParams } from 'react-router';

import { bankQuestionQuery, useChangeQuestion } from '@/api/admin/bank';
import { ProblemError } from '@/api/problem';
import type { BankQuestionBody, BankQuestionDetail, BankVersion } from '@/api/types';
import { BusyButton } from '@/components/busy-button';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import { PageTitle } from '@/components/page-title';
import { ProblemNotice } from '@/components/problem-notice';
import { Loading, SkeletonRows } from '@/components/skeleton';
import { paths } from '@/config/paths';

import './bank.css';
import { errorAt } from './errors';
import { History } from './history';
import { QuestionForm } from './question-form';
import { ReasonDialog } from './reason-dialog';
import { UnsavedGuard } from './unsaved-guard';
import { useFocusOnRefused } from './use-focus-on-refused';

/** One question of the bank: its words, its state and its history. */
export function Component() {
  const { questionId = '' } = useParams();
  const question = useQuery(bankQuestionQuery(questionId));
  return (
    <div className="page bank-page">
      <PageTitle>Question</PageTitle>
      <div className="stack">
        <Link to={paths.adminBank}>Question bank</Link>
        <h1>Question {questionId}</h1>
      </div>
      {question.data !== undefined ? (
        <Editor key={questionId} question={question.data} />
      ) : question.isError ? (
        <ProblemNotice error={question.error} onRetry={() => void question.refetch()} />
      ) : (
        <Loading what="the question">
          <SkeletonRows rows={4} />
        </Loading>
      )}
    </div>
  );
}

function bodyIn({ content }: BankQuestionDetail): BankQuestionBody {
  const body: BankQuestionBody & { id?: string } = { ...content };
  delete body.id;
  return body;
}

interface Newer {
  version: number;
  author: string | null;
  content: BankQuestionDetail['content'];
}

function newerIn(error: unknown): Newer | null {
  return error instanceof ProblemError && error.type === 'bank-changed'
    ? (error.extensions.current as Newer)
    : null;
}

function Editor({ question }: { question: BankQuestionDetail }) {
  const { id } = question.content;
  // The version the form began with stays until it is saved: what others save meanwhile is a conflict to be shown.
  const [base, setBase] = useState(question);
  const [content, setContent] = useState(() => bodyIn(question));
  const [note, setNote] = useState('');
  const [asking, setAsking] = useState<'retire' | 'restore' | BankVersion | null>(null);
  const edit = useChangeQuestion(id);
  const form = useFocusOnRefused(edit.error);
  const move = useChangeQuestion(id);
  const dirty = JSON.stringify(content) !== JSON.stringify(bodyIn(base));
  const newer = newerIn(edit.error);

  function taken(saved: BankQuestionDetail): void {
    setBase(saved);
    setContent(bodyIn(saved));
    setNote('');
    setAsking(null);
  }
  function save(version: number): void {
    edit.mutate({ do: 'edit', version, content, note }, { onSuccess: taken });
  }
  function confirm(reason: string): void {
    const { version } = base;
    const restoring = asking === 'restore' ? null : typeof asking === 'object' ? asking?.number : null;
    move.mutate(
      asking === 'retire'
        ? { do: 'retire', version, note: reason }
        : { do: 'restore', version, to: restoring ?? null, note: reason },
      { onSuccess: taken },
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
        <QuestionForm content={content} error={edit.error} onChange={setContent}>
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
          onChange={(event) => setNote(event.target.value)}
        />
        {edit.isError && newer === null && <ProblemNotice error={edit.error} />}
        {newer !== null && (
          <Notice
            tone="problem"
            urgent
            title={`${newer.author ?? 'Somebody else'} saved version ${newer.version} meanwhile.`}
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
            <p className="flush">Theirs: {newer.content.text}</p>
            <p className="flush">Yours, kept in the form: {content.text}</p>
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
            Save as version {base.version + 1}
          </BusyButton>
          {dirty ? (
            <Button variant="quiet" onClick={() => setContent(bodyIn(base))}>
              Undo changes
            </Button>
          ) : base.status === 'active' ? (
            <Button variant="quiet" onClick={() => setAsking('retire')}>
              Retire question
            </Button>
          ) : (
            <Button variant="quiet" onClick={() => setAsking('restore')}>
              Ask it again
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
            Saved as version {base.version}. The next interviews use it.
          </p>
        )}
      </form>
      <section aria-labelledby="history" className="stack">
        <h2 id="history">History</h2>
        <History versions={question.history} onRestore={setAsking} />
      </section>
      {asking !== null && (
        <ReasonDialog
          title={asking === 'retire' ? 'Retire this question?' : 'Restore this question?'}
          confirm={asking === 'retire' ? 'Retire' : 'Restore'}
          busy={move.isPending}
          error={move.error}
          onConfirm={confirm}
          onCancel={() => {
            move.reset();
            setAsking(null);
          }}
        />
      )}
    </>
  );
}
