import { useId, useState } from 'react';

import { messageFor } from '@/api/problem-messages';
import { useLogIn } from '@/api/session/log-in';
import { BusyButton } from '@/components/busy-button';
import { Field } from '@/components/field';
import { ProblemNotice } from '@/components/problem-notice';

import { PasswordField } from './password-field';
import { useWaiting } from './use-waiting';

export function LogInForm({ email: known, onDone }: { email?: string; onDone: () => void }) {
  const logIn = useLogIn();
  const [email, setEmail] = useState(known ?? '');
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState<{ email?: string; password?: string }>({});
  const waiting = useWaiting(logIn.error);
  const formId = useId();

  return (
    <form
      noValidate
      className="stack"
      style={{ '--gap': '1.25rem' } as React.CSSProperties}
      aria-labelledby={formId}
      onSubmit={(event) => {
        event.preventDefault();
        const gaps = {
          ...(email.trim() === '' && { email: 'Enter your e-mail.' }),
          ...(password === '' && { password: 'Enter your password.' }),
        };
        setMissing(gaps);
        if (Object.keys(gaps).length > 0 || logIn.isPending || waiting > 0) {
          const form = event.currentTarget;
          // After the next paint, when the fields are marked.
          requestAnimationFrame(() => form.querySelector<HTMLInputElement>('[aria-invalid]')?.focus());
          return;
        }
        logIn.mutate({ email: email.trim(), password }, { onSuccess: onDone });
      }}
    >
      <span id={formId} hidden>
        Log in
      </span>
      {logIn.isError && <ProblemNotice error={logIn.error} />}
      <Field
        label="E-mail"
        type="email"
        name="email"
        autoComplete="username"
        inputMode="email"
        required
        readOnly={known !== undefined}
        value={email}
        error={missing.email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <PasswordField
        autoComplete="current-password"
        value={password}
        error={missing.password}
        autoFocus={known !== undefined}
        onChange={setPassword}
      />
      <BusyButton type="submit" busy={logIn.isPending} busyText="Logging in…" disabled={waiting > 0}>
        {waiting > 0 ? `Try again in ${waiting} s` : 'Log in'}
      </BusyButton>
      <p className="visually-hidden" role="status">
        {logIn.isError ? messageFor(logIn.error).title : ''}
      </p>
    </form>
  );
}
