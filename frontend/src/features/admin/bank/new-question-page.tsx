import { useState } from 'react';
import { Link } from 'react-router';

import { useChangeQuestion } from '@/api/admin/bank';
import type { BankQuestionBody } from '@/api/types';
import { BusyButton } from '@/components/busy-button';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import { PageTitle } from '@/components/page-title';
import { ProblemNotice } from '@/components/problem-notice';
import { paths } from '@/config/paths';

import './bank.css';
import { errorAt } from './errors';
import { QuestionForm } from './question-form';
import { UnsavedGuard } from './unsaved-guard';
import { useFocusOnRefused } from './use-focus-on-refused';

const nothing: BankQuestionBody = {
  kind: 'behavioural',
  difficulty: 3,
  competency: 'ownership',
  family: null,
  roles: [],
  text: '',
  key_points: [1, 2, 3, 4].map((number) => ({ id: `point-${number}`, text: '', terms: [] })),
  anchors: { weak: '', solid: '', strong: '' },
  suggested_seconds: 120,
};

/** Adds a question to the bank. */
export function Component() {
  const [id, setId] = useState('');
  const [note, setNote] = useState('');
  const [content, setContent] = useState(nothing);
  const add = useChangeQuestion(id);
  const form = useFocusOnRefused(add.error);
  if (add.isSuccess)
    return (
      <div className="page bank-page">
        <PageTitle>Question added</PageTitle>
        <h1>Question added</h1>
        <Notice tone="good" title="The next interviews may ask it.">
          <Link to={paths.adminBankQuestion(add.data.content.id)}>Open the question</Link>
        </Notice>
      </div>
    );
  return (
    <div className="page bank-page">
      <PageTitle>New question</PageTitle>
      <UnsavedGuard active={content !== nothing || id !== ''} />
      <div className="stack">
        <Link to={paths.adminBank}>Question bank</Link>
        <h1>New question</h1>
      </div>
      <form
        ref={form}
        className="bank-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!add.isPending) add.mutate({ do: 'add', id, content, note });
        }}
      >
        <QuestionForm content={content} error={add.error} onChange={setContent}>
          <Field
            label="Name"
            hint="Lower case with hyphens. It stays through all versions."
            value={id}
            maxLength={64}
            error={errorAt(add.error, 'id')}
            onChange={(event) => setId(event.target.value)}
          />
        </QuestionForm>
        <Field
          label="Reason"
          hint="Stands in the history."
          value={note}
          maxLength={300}
          error={errorAt(add.error, 'note')}
          onChange={(event) => setNote(event.target.value)}
        />
        {add.isError && <ProblemNotice error={add.error} />}
        <div>
          <BusyButton type="submit" busy={add.isPending} busyText="Adding…">
            Add question
          </BusyButton>
        </div>
      </form>
    </div>
  );
}
