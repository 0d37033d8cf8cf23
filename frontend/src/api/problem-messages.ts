import { duration } from '@/lib/format';

import { ProblemError } from './problem';

/** What a person reads: what happened, what was kept, what to do. */
export interface Message {
  title: string;
  kept?: string;
  next?: string;
}

const messages: Record<string, Message> = {
  network: {
    title: 'The connection is gone.',
    kept: 'What you typed is still here.',
    next: 'Check the network and try again.',
  },
  timeout: {
    title: 'The server takes too long to answer.',
    kept: 'What you typed is still here.',
    next: 'Wait a moment and try again.',
  },
  'invalid-credentials': {
    title: 'This e-mail and password do not go together.',
    kept: 'Your e-mail is still filled in.',
    next: 'Check both and try again.',
  },
  'email-taken': {
    title: 'There is already an account with this e-mail.',
    next: 'Log in instead, or use another e-mail.',
  },
  'session-expired': {
    title: 'You have been logged out.',
    kept: 'Everything saved so far is kept.',
    next: 'Log in again to go on.',
  },
  'csrf-failed': {
    title: 'The browser and the server lost touch.',
    kept: 'Nothing was changed.',
    next: 'Reload the page and try again. If it goes on, allow cookies for this site.',
  },
  'admin-only': { title: 'This page is for administrators.', next: 'Ask one of them if you need to see it.' },
  'role-unknown': {
    title: 'This job role is no longer offered.',
    kept: 'Your other choices are kept.',
    next: 'Choose another role.',
  },
  'level-unknown': {
    title: 'This level is no longer offered.',
    kept: 'Your other choices are kept.',
    next: 'Choose another level.',
  },
  'competency-unknown': {
    title: 'One of the focus areas is no longer offered.',
    kept: 'Your other choices are kept.',
    next: 'Choose another focus area.',
  },
  'document-not-recognised': {
    title: 'This is not a PDF, Word (.docx) or text file that can be read.',
    kept: 'Your text is as it was.',
    next: 'Choose another file, or paste the text.',
  },
  'document-locked': {
    title: 'A password protects this file.',
    kept: 'Your text is as it was.',
    next: 'Save it without a password, or paste the text.',
  },
  'document-without-text': {
    title: 'There is no text in this file. It may be a scan.',
    kept: 'Your text is as it was.',
    next: 'Paste the text instead.',
  },
  'document-too-large': {
    title: 'This file is larger than 5 MB.',
    kept: 'Your text is as it was.',
    next: 'Save a smaller one, or paste the text.',
  },
  'document-damaged': {
    title: 'This file is damaged.',
    kept: 'Your text is as it was.',
    next: 'Save it once more, or paste the text.',
  },
  'document-too-complex': {
    title: 'This file takes too long to read.',
    kept: 'Your text is as it was.',
    next: 'Save it as plain text, or paste the text.',
  },
  'improvement-under-way': {
    title: 'This answer is being rewritten right now.',
    kept: 'What you typed is still here.',
    next: 'Wait for the result, then change the facts.',
  },
  'attempts-full': {
    title: 'There are no more attempts at this question.',
    kept: 'All your answers are kept.',
    next: 'Practise it in a new interview.',
  },
  'attempt-closed': {
    title: 'This attempt was already handed in.',
    kept: 'The answer that was handed in is kept.',
    next: 'Reload the page to see it.',
  },
  'interview-not-ready': {
    title: 'The questions are not ready yet.',
    next: 'Wait a moment; this page goes on by itself.',
  },
  'question-not-open': {
    title: 'This question is no longer open.',
    kept: 'What was handed in before is kept.',
    next: 'Go on with the question shown.',
  },
  'answer-already-submitted': {
    title: 'An answer to this question was already handed in, perhaps in another tab.',
    kept: 'The answer handed in first counts.',
    next: 'Go on with the next question.',
  },
  'answer-empty': {
    title: 'There is no answer to hand in yet.',
    next: 'Write a few words, or skip the question.',
  },
  'answer-too-long': {
    title: 'The answer is longer than 20,000 characters.',
    kept: 'All of it is still here.',
    next: 'Shorten it and hand it in again.',
  },
  'draft-stale': {
    title: 'This answer was changed in another tab.',
    kept: 'Both versions are kept.',
    next: 'Choose the one to go on with.',
  },
  'report-revealed': {
    title: 'You have seen this report, so your own ratings stay as they are.',
  },
  'report-not-revealed': {
    title: 'This report has not been opened yet.',
    next: 'Rate your own answers on its page, or skip that.',
  },
  'report-not-ready': {
    title: 'The report is not ready yet.',
    next: 'Save it when every answer has been read; this page shows how far that is.',
  },
  'report-not-drawn': {
    title: 'The report could not be made into a PDF.',
    kept: 'The report itself is safe.',
    next: 'Try again, or save it as Markdown.',
  },
  'bank-changed': {
    title: 'Somebody else saved a newer version.',
    kept: 'Your changes are still here, and nothing was overwritten.',
    next: 'Compare both, then save again or take theirs.',
  },
  'bank-nothing-changed': {
    title: 'Nothing differs from the version in use.',
    next: 'Change something first.',
  },
  'bank-role-runs-short': {
    title: 'A job would be left with too few questions.',
    kept: 'Nothing was changed.',
    next: 'Add a question for it first.',
  },
  'bank-question-exists': {
    title: 'There is already a question with this name.',
    kept: 'What you typed is still here.',
    next: 'Choose another name.',
  },
  'analysis-not-failed': {
    title: 'This answer has its analysis already.',
    next: 'Reload the page to see it.',
  },
};

const byStatus: Record<number, Message> = {
  403: { title: 'This is not open to your account.' },
  404: {
    title: 'There is nothing at this address.',
    next: 'It may have been removed, or it belongs to another account.',
  },
  409: {
    title: 'Something changed in the meantime.',
    kept: 'Nothing was overwritten.',
    next: 'Reload the page and try again.',
  },
  413: {
    title: 'That is more text than can be sent at once.',
    kept: 'All of it is still here.',
    next: 'Shorten it and try again.',
  },
  422: {
    title: 'Something in the form is not right yet.',
    kept: 'What you typed is still here.',
    next: 'Check the marked fields.',
  },
};

const broken: Message = {
  title: 'Something went wrong on our side.',
  kept: 'What was saved is kept.',
  next: 'Try again in a moment.',
};

const resting: Message = {
  title: 'Part of the service is not answering.',
  kept: 'What was saved is kept.',
  next: 'Try again in a moment.',
};

/** Turns any error into a message for people. Never shows an error's own text: that is for logs. */
export function messageFor(error: unknown): Message {
  if (!(error instanceof ProblemError)) return broken;
  if (error.status === 429) {
    const wait = error.retryAfter === null ? 'a little while' : duration(error.retryAfter);
    return {
      title: 'That was tried too often in a short time.',
      kept: 'What you typed is still here.',
      next: `Wait ${wait}, then try again.`,
    };
  }
  const known = messages[error.type] ?? byStatus[error.status];
  if (known) return known;
  return error.status === 502 || error.status === 503 || error.status === 504 ? resting : broken;
}

/** The last part of each field's place, with a reason: `{password: "…"}`. */
export function fieldMessages(error: unknown): Record<string, string> {
  if (!(error instanceof ProblemError)) return {};
  const found: Record<string, string> = {};
  for (const field of error.fields) {
    const name = field.loc.findLast((part) => typeof part === 'string');
    if (typeof name === 'string' && !(name in found)) found[name] = sentence(field.msg);
  }
  return found;
}

/** The server's reasons ("Value error, choose a longer password") as a sentence. */
function sentence(text: string): string {
  const bare = text.replace(/^Value error, /, '').trim();
  const first = bare.charAt(0).toUpperCase() + bare.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
