import { describe, expect, test } from 'vitest';

import { ProblemError, readProblem } from './problem';
import { fieldMessages, messageFor } from './problem-messages';

function answer(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });
}

describe('readProblem', () => {
  test('reads type, extensions, wait and request id', async () => {
    const problem = await readProblem(
      answer(
        409,
        {
          type: 'urn:interview-kit:problem:draft-stale',
          title: 'Stale',
          status: 409,
          request_id: 'r1',
          revision: 7,
          text: 'other',
        },
        { 'Retry-After': '12' },
      ),
    );
    expect(problem).toMatchObject({ type: 'draft-stale', status: 409, retryAfter: 12, requestId: 'r1' });
    expect(problem.extensions).toMatchObject({ revision: 7, text: 'other' });
  });

  test('makes a problem of a page that is not JSON', async () => {
    const problem = await readProblem(answer(502, '<html>Bad gateway</html>'));
    expect(problem).toMatchObject({ type: 'http-502', status: 502, fields: [], retryAfter: null });
  });
});

describe('messageFor', () => {
  test('tells how long to wait', () => {
    expect(messageFor(new ProblemError('too-many-attempts', 429, { retryAfter: 95 })).next).toBe(
      'Wait 1 min 35 s, then try again.',
    );
    expect(messageFor(new ProblemError('too-many-attempts', 429)).next).toContain('a little while');
  });

  test('has words for every kind of failure, known or not, and never the error’s own', () => {
    const errors = [
      new ProblemError('network', 0),
      new ProblemError('never-heard-of', 409, { detail: 'SELECT failed' }),
      new ProblemError('never-heard-of', 418),
      new ProblemError('service-unavailable', 503),
      new TypeError('x is undefined'),
      null,
    ];
    for (const error of errors) {
      const message = messageFor(error);
      expect(message.title).toMatch(/^[A-Z].*\.$/);
      expect(JSON.stringify(message)).not.toMatch(/SELECT|undefined|never-heard/);
    }
  });

  test('knows what passes by itself', () => {
    expect(new ProblemError('network', 0).passing).toBe(true);
    expect(new ProblemError('x', 503).passing).toBe(true);
    expect(new ProblemError('answer-empty', 422).passing).toBe(false);
  });
});

describe('fieldMessages', () => {
  test('puts a sentence at the field, not its value', () => {
    const error = new ProblemError('validation', 422, {
      fields: [
        {
          loc: ['body', 'password'],
          msg: 'Value error, this password is on a list of common ones',
          type: 'value_error',
        },
        { loc: ['body', 'email'], msg: 'value is not a valid e-mail address.', type: 'value_error' },
      ],
    });
    expect(fieldMessages(error)).toEqual({
      password: 'This password is on a list of common ones.',
      email: 'Value is not a valid e-mail address.',
    });
    expect(fieldMessages(new Error('x'))).toEqual({});
  });
});
