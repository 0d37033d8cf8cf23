import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { bodyOf, client } from '@/api/client';
import { ProblemError } from '@/api/problem';
import type { BankQuestionBody, BankQuestionsQuery, BankRubricBody, BankRubricDetail } from '@/api/types';
import { uniqueKey } from '@/lib/unique-key';

export type RubricId = 'behavioural' | 'technical';

export const bankQuestionsQuery = (query: BankQuestionsQuery) =>
  queryOptions({
    queryKey: ['admin', 'bank', 'questions', query],
    queryFn: ({ signal }) => bodyOf(client.GET('/api/bank/questions', { params: { query }, signal })),
  });

export const bankRubricsQuery = queryOptions({
  queryKey: ['admin', 'bank', 'rubrics'],
  queryFn: ({ signal }) => bodyOf(client.GET('/api/bank/rubrics', { signal })),
});

export const bankQuestionQuery = (id: string) =>
  queryOptions({
    queryKey: ['admin', 'bank', 'question', id],
    queryFn: ({ signal }) =>
      bodyOf(
        client.GET('/api/bank/questions/{question_id}', { params: { path: { question_id: id } }, signal }),
      ),
  });

export const bankRubricQuery = (id: RubricId) =>
  queryOptions({
    queryKey: ['admin', 'bank', 'rubric', id],
    queryFn: ({ signal }) =>
      bodyOf(
        client.GET('/api/bank/rubrics/{rubric_id}', { params: { path: { rubric_id: id } }, signal }),
      ).then(whole),
  });

/** The client knows the five sentences of a dimension as any number of them. */
const whole = (rubric: unknown) => rubric as BankRubricDetail;

const keyed = () => ({ 'Idempotency-Key': uniqueKey() });

/** Whether somebody else saved a version meanwhile, so that the history that is shown lacks it. */
const isOutdated = (error: unknown) => error instanceof ProblemError && error.type === 'bank-changed';

/** What can be done to a question; `note` says why. */
export type QuestionChange =
  | { do: 'add'; id: string; content: BankQuestionBody; note: string }
  | { do: 'edit'; version: number; content: BankQuestionBody; note: string }
  | { do: 'retire'; version: number; note: string }
  | { do: 'restore'; version: number; to: number | 'shipped' | null; note: string };

function changeQuestion(id: string, { do: what, ...rest }: QuestionChange) {
  const params = { path: { question_id: id } };
  const body = rest as never;
  switch (what) {
    case 'add':
      return bodyOf(client.POST('/api/bank/questions', { body, headers: keyed() }));
    case 'edit':
      return bodyOf(client.PUT('/api/bank/questions/{question_id}', { params, body, headers: keyed() }));
    case 'retire':
      return bodyOf(
        client.POST('/api/bank/questions/{question_id}/retire', { params, body, headers: keyed() }),
      );
    case 'restore':
      return bodyOf(
        client.POST('/api/bank/questions/{question_id}/restore', { params, body, headers: keyed() }),
      );
  }
}

export function useChangeQuestion(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: QuestionChange) => changeQuestion(id, change),
    onSuccess: (question) => {
      queries.setQueryData(bankQuestionQuery(question.content.id).queryKey, question);
      void queries.invalidateQueries({ queryKey: ['admin', 'bank', 'questions'] });
    },
    onError: (error) => {
      if (isOutdated(error)) void queries.invalidateQueries({ queryKey: bankQuestionQuery(id).queryKey });
    },
  });
}

export type RubricChange =
  | {
      do: 'edit';
      version: number;
      change: 'wording' | 'meaning';
      content: BankRubricBody;
      note: string;
    }
  | { do: 'restore'; version: number; to: number | 'shipped'; note: string };

export function useChangeRubric(id: RubricId) {
  const queries = useQueryClient();
  const params = { path: { rubric_id: id } };
  return useMutation({
    mutationFn: ({ do: what, ...rest }: RubricChange) => {
      const body = rest as never;
      const sent =
        what === 'edit'
          ? bodyOf(client.PUT('/api/bank/rubrics/{rubric_id}', { params, body, headers: keyed() }))
          : bodyOf(client.POST('/api/bank/rubrics/{rubric_id}/restore', { params, body, headers: keyed() }));
      return sent.then(whole);
    },
    onSuccess: (rubric) => {
      queries.setQueryData(bankRubricQuery(id).queryKey, rubric);
      void queries.invalidateQueries({ queryKey: bankRubricsQuery.queryKey });
    },
    onError: (error) => {
      if (isOutdated(error)) void queries.invalidateQueries({ queryKey: bankRubricQuery(id).queryKey });
    },
  });
}
