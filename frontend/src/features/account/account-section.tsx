import type { ReactNode } from 'react';

import './account-section.css';

interface Props {
  id: string;
  title: string;
  /** What this is about, in a sentence or two. */
  about?: ReactNode;
  children: ReactNode;
}

/** One part of the account: its name and what it is about on the left, what there is on the right. */
export function AccountSection({ id, title, about, children }: Props) {
  return (
    <section className="account-section" aria-labelledby={id}>
      <header className="account-about">
        <h2 id={id}>{title}</h2>
        {about !== undefined && <p className="flush small muted">{about}</p>}
      </header>
      <div className="account-content">{children}</div>
    </section>
  );
}
