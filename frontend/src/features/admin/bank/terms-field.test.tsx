import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';

import { TermsField } from './terms-field';

afterEach(cleanup);

function Form({ first }: { first: string[] }) {
  const [terms, setTerms] = useState(first);
  return (
    <>
      <TermsField label="Words" terms={terms} onType={setTerms} />
      <output>{JSON.stringify(terms)}</output>
      <button onClick={() => setTerms(['theirs', 'taken over'])}>Take theirs</button>
    </>
  );
}

const field = () => screen.getByLabelText<HTMLTextAreaElement>('Words');

test('what is typed stays as it is typed, and is sent without empty terms and space', async () => {
  render(<Form first={[]} />);
  await userEvent.type(field(), 'exit code , ,events,');
  expect(field().value).toBe('exit code , ,events,');
  expect(screen.getByRole('status').textContent).toBe('["exit code","events"]');
});

test('terms that come from the server are spaced, and replace what was typed', async () => {
  render(<Form first={['exit code', 'events']} />);
  expect(field().value).toBe('exit code, events');
  await userEvent.type(field(), ',status');
  expect(field().value).toBe('exit code, events,status');
  await userEvent.click(screen.getByRole('button', { name: 'Take theirs' }));
  expect(field().value).toBe('theirs, taken over');
});
