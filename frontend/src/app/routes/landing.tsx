import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';

import { catalogQuery } from '@/api/catalog/get-catalog';
import { useUser } from '@/api/session/session';
import { AnswerReview } from '@/components/answer/answer-review';
import { Icon } from '@/components/icon';
import { LevelScale } from '@/components/level-scale';
import { paths } from '@/config/paths';
import { exampleAnswer } from '@/features/report/example';

import './landing.css';

export function Component() {
  const user = useUser();
  const start = user ? (user.role === 'admin' ? paths.admin : paths.home) : paths.signUp;
  return (
    <>
      <title>Interview Kit: practise job interviews with feedback you can check</title>
      <section className="landing-hero">
        <h1 className="said">Practise the interview, and see which of your words did the work.</h1>
        <p className="lead">
          Answer one question at a time, in your own words. Every remark in your report points at something
          you wrote.
        </p>
        <div className="row-wrap" style={{ '--gap': '0.5rem 1.25rem' } as React.CSSProperties}>
          <Link className="btn btn-primary landing-start" to={start}>
            {user ? 'Go to your practice' : 'Start practising'} <Icon name="arrow" />
          </Link>
          {!user && <span className="muted">A name, an e-mail, a password. First question in a minute.</span>}
        </div>
      </section>

      <section className="landing-example" aria-labelledby="example">
        <div className="landing-sheet">
          <header className="landing-example-head">
            <p className="landing-tag">
              An example report, written for this page · {exampleAnswer.question.competency.label}
            </p>
            <h2 id="example" className="said landing-question">
              {exampleAnswer.question.text}
            </h2>
          </header>
          <AnswerReview
            answer={exampleAnswer}
            brief={
              <dl className="landing-levels">
                <div>
                  <dt>Specific evidence</dt>
                  <dd>
                    <LevelScale level={4} />
                  </dd>
                </div>
                <div>
                  <dt>Ownership</dt>
                  <dd>
                    <LevelScale level={4} />
                  </dd>
                </div>
                <div>
                  <dt>Result</dt>
                  <dd>
                    <LevelScale level={2} />
                  </dd>
                </div>
              </dl>
            }
          />
        </div>
      </section>

      <section className="landing-how" aria-labelledby="how">
        <h2 id="how">What happens</h2>
        <ol role="list">
          <li>
            <h3>You choose a job and a level</h3>
            <p>Questions are picked for it, from easy to hard, and you have not had them before.</p>
          </li>
          <li>
            <h3>You answer, without a countdown</h3>
            <p>Every few seconds what you write is saved. Leave, come back, go on at the same word.</p>
          </li>
          <li>
            <h3>You read one thing to do next</h3>
            <p>Then answer by answer: what counts, what is missing, and what the next level sounds like.</p>
          </li>
        </ol>
      </section>
      <Roles />
    </>
  );
}

/** Every role on offer, each a way in. Left out when the catalogue does not come: nothing here depends on it. */
function Roles() {
  const catalog = useQuery(catalogQuery).data;
  if (!catalog) return null;
  return (
    <section className="landing-roles" aria-labelledby="roles">
      <h2 id="roles">{catalog.roles.length} jobs to practise for</h2>
      <div className="landing-families">
        {catalog.families.map((family) => (
          <div key={family.id}>
            <h3>{family.label}</h3>
            <ul role="list">
              {catalog.roles
                .filter((role) => role.family === family.id)
                .map((role) => (
                  <li key={role.id}>
                    <Link to={`${paths.newInterview}?role=${role.id}`}>{role.title}</Link>
                  </li>
                ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  );
}
