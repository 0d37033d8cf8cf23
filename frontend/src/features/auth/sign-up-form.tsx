import { useId, useRef, useState } from 'react';
import { Link } from 'react-router';

import { isProblem } from '@/api/problem';
import { fieldMessages } from '@/api/problem-messages';
import { useSignUp } from '@/api/session/sign-up';
import { BusyButton } from '@/components/busy-button';
import { Field } from '@/components/field';
import { ProblemNotice } from '@/components/problem-notice';

import { PasswordField } from './password-field';
import { useWaiting } from './use-waiting';

type Fields = Partial<Record<'display_name' | 'email' | 'password', string>>;

function check(name: string, email: string, password: string): Fields {
  return {
    ...(name.trim() === '' && { display_name: 'Enter a name. A first name is enough.' }),
    ...(!/^\S+@\S+\.\S+$/.test(email.trim()) && { email: 'Enter an e-mail address, like name@example.org.' }),
    ...(password.length < 8 && { password: 'Choose at least 8 characters.' }),
  };
}

export function SignUpForm({ logInPath, onDone }: { logInPath: string; onDone: () => void }) {
  const signUp = useSignUp();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [found, setFound] = useState<Fields>({});
  const waiting = useWaiting(signUp.error);
  const form = useRef<HTMLFormElement>(null);
  const titleId = useId();

  const taken = isProblem(signUp.error, 'email-taken');
  const errors: Fields = { ...found, ...(signUp.isError ? fieldMessages(signUp.error) : {}) };
  const told = signUp.isError && !taken && Object.keys(fieldMessages(signUp.error)).length === 0;

  function focusFirstError(): void {
    // After the next paint, when the fields are marked.
    requestAnimationFrame(() => form.current?.querySelector<HTMLInputElement>('[aria-invalid]')?.focus());
  }

  return (
    <form
      ref={form}
      noValidate
      className="stack"
      style={{ '--gap': '1.25rem' } as React.CSSProperties}
      aria-labelledby={titleId}
      onSubmit={(event) => {
        event.preventDefault();
        if (signUp.isPending || waiting > 0) return;
        const gaps = check(name, email, password);
        setFound(gaps);
        signUp.reset();
        if (Object.keys(gaps).length > 0) {
          focusFirstError();
          return;
        }
        signUp.mutate(
          { email: email.trim(), password, display_name: name.trim() },
          { onSuccess: onDone, onError: focusFirstError },
        );
      }}
    >
      <span id={titleId} hidden>
        Sign up
      </span>
      {told && <ProblemNotice error={signUp.error} />}
      {taken && (
        <ProblemNotice
          error={signUp.error}
          action={
            <Link className="btn btn-quiet" to={logInPath}>
              Log in with it
            </Link>
          }
        />
      )}
      <Field
        label="Name"
        hint="What we call you here."
        name="name"
        autoComplete="name"
        maxLength={80}
        required
        value={name}
        error={errors.display_name}
        onChange={(event) => setName(event.target.value)}
      />
      <Field
        label="E-mail"
        type="email"
        name="email"
        autoComplete="username"
        inputMode="email"
        maxLength={254}
        required
        value={email}
        error={taken ? 'This e-mail has an account already.' : errors.email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <PasswordField
        autoComplete="new-password"
        hint="At least 8 characters. A few words in a row are easy to remember and hard to guess."
        value={password}
        error={errors.password}
        onChange={setPassword}
      />
      <BusyButton
        type="submit"
        busy={signUp.isPending}
        busyText="Creating your account…"
        disabled={waiting > 0}
      >
        {waiting > 0 ? `Try again in ${waiting} s` : 'Create account'}
      </BusyButton>
    </form>
  );
}
