import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import Button from 'react-bootstrap/Button';

import { useCreateInterview } from '@/api/interviews/create-interview';
import type { Catalog, Interview, NewInterview, QuestionKind, Role } from '@/api/types';
import { BusyButton } from '@/components/busy-button';
import { ProblemNotice } from '@/components/problem-notice';
import { aboutMinutes } from '@/lib/format';
import {
  forgetTailoring,
  isTailored,
  keepTailoring,
  readTailoring,
  type TailoringDraft,
} from '@/lib/tailoring-draft';
import { uniqueKey } from '@/lib/unique-key';

import { ChoiceList } from '@/components/choice-list';
import { KindPicker } from './kind-picker';
import { kinds as allKinds, secondsPerQuestion } from './kinds';
import { RolePicker } from './role-picker';
import './setup-form.css';

/** The API asks none unless told so; who practises here is asked. */
const usualFollowUps = 2;
// Most interviews are set up without it.
const Tailoring = lazy(() => import('./tailoring/tailoring'));

interface Props {
  /** The account that sets it up. */
  owner: string;
  catalog: Catalog;
  startRole: string | null;
  startLevel: string | null;
  onCreated: (interview: Interview) => void;
}

export function SetupForm({ owner, catalog, startRole, startLevel, onCreated }: Props) {
  const create = useCreateInterview();
  const [role, setRole] = useState<Role | null>(
    () => catalog.roles.find(({ id }) => id === startRole) ?? null,
  );
  const [level, setLevel] = useState<string | null>(
    () => catalog.levels.find(({ id }) => id === startLevel)?.id ?? null,
  );
  const [count, setCount] = useState(catalog.question_count.default);
  const [followUps, setFollowUps] = useState(usualFollowUps);
  const [wanted, setWanted] = useState<QuestionKind[]>([]);
  const [allowFallback, setAllowFallback] = useState(true);
  const [tailoring, setTailoring] = useState(() => readTailoring(owner));
  const [tailoringOpen, setTailoringOpen] = useState(() => isTailored(tailoring));
  const [asked, setAsked] = useState(false);
  const roleHeading = useRef<HTMLHeadingElement>(null);
  const levelHeading = useRef<HTMLHeadingElement>(null);
  // One key per set of choices: pressing twice, or again after a lost answer, makes one interview.
  const sent = useRef<{ body: string; key: string } | null>(null);

  useEffect(() => {
    if (create.isSuccess) forgetTailoring();
    else if (isTailored(tailoring)) keepTailoring(owner, tailoring);
    else forgetTailoring();
  }, [owner, tailoring, create.isSuccess]);

  // Another job may not have every kind that was chosen for the first.
  const kinds = wanted.filter((kind) => role?.kinds.includes(kind) ?? true);
  const focus = tailoring.focus.filter((id) => role?.competencies.some((one) => one.id === id) ?? false);
  const { engine } = catalog;
  const lengths = [3, 5, 8, 10].filter(
    (n) => n >= catalog.question_count.min && n <= catalog.question_count.max,
  );
  const levelLabel = catalog.levels.find(({ id }) => id === level)?.label;

  function start(): void {
    setAsked(true);
    if (role === null) {
      roleHeading.current?.focus();
      return;
    }
    if (level === null) {
      levelHeading.current?.focus();
      return;
    }
    if (create.isPending) return;
    const body: NewInterview = {
      role_id: role.id,
      level_id: level,
      question_count: count,
      kinds,
      follow_ups: followUps,
      allow_fallback: allowFallback,
      ...broughtAlong({ ...tailoring, focus }),
    };
    const text = JSON.stringify(body);
    if (sent.current?.body !== text) sent.current = { body: text, key: uniqueKey() };
    create.mutate(
      { body, key: sent.current.key },
      {
        onSuccess: (interview) => {
          forgetTailoring();
          onCreated(interview);
        },
      },
    );
  }

  return (
    <form
      className="setup"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        start();
      }}
    >
      <div className="setup-steps">
        <section aria-labelledby="setup-role" className="setup-step">
          <h2 id="setup-role" ref={roleHeading} tabIndex={-1}>
            Which job?
          </h2>
          {asked && role === null && <p className="field-error">Choose a job to go on.</p>}
          <RolePicker catalog={catalog} chosen={role} onChoose={setRole} />
        </section>
        <section aria-labelledby="setup-level" className="setup-step">
          <h2 id="setup-level" ref={levelHeading} tabIndex={-1}>
            At which level?
          </h2>
          {asked && level === null && <p className="field-error">Choose a level to go on.</p>}
          <ChoiceList
            legend="Level"
            shape="rows"
            chosen={level}
            onChoose={setLevel}
            choices={catalog.levels.map(({ id, label, years, expectation }) => ({
              value: id,
              label,
              detail: (
                <>
                  {years}. {expectation}
                </>
              ),
            }))}
          />
        </section>
        <section aria-labelledby="setup-length" className="setup-step">
          <h2 id="setup-length">How many questions?</h2>
          <ChoiceList
            legend="Number of questions"
            shape="tiles"
            chosen={count}
            onChoose={setCount}
            choices={lengths.map((n) => ({
              value: n,
              label: `${n}`,
              detail: `about ${Math.round((n * secondsPerQuestion) / 60)} min`,
            }))}
          />
          <h3 className="setup-follow-ups">Follow-up questions</h3>
          <p className="muted">
            When an answer leaves something open, you are asked about it at once, as in most interviews.
          </p>
          <ChoiceList
            legend="Follow-ups to each question"
            shape="tiles"
            chosen={followUps}
            onChoose={setFollowUps}
            choices={[
              { value: 0, label: 'None' },
              { value: 1, label: 'Up to 1', detail: 'to each question' },
              { value: 2, label: 'Up to 2', detail: 'to each question' },
            ]}
          />
          <details className="setup-more">
            <summary>Only some kinds of questions</summary>
            <p className="muted">Choose none for a mix, as in most interviews.</p>
            <KindPicker offered={role?.kinds ?? null} chosen={kinds} onChange={setWanted} />
          </details>
        </section>
        <section aria-labelledby="setup-tailoring" className="setup-step">
          <h2 id="setup-tailoring">
            Make it about a real job <span className="muted small">(if you like)</span>
          </h2>
          {tailoringOpen ? (
            <Suspense fallback={<p className="flush muted">Opening…</p>}>
              <Tailoring
                draft={{ ...tailoring, focus }}
                onChange={setTailoring}
                role={role}
                engine={engine}
              />
            </Suspense>
          ) : (
            <div className="stack" style={{ '--gap': '0.75rem' } as React.CSSProperties}>
              <p className="flush muted">
                Bring a job description or your résumé, choose what to focus on, or work on what earlier
                reports found weak.
              </p>
              <div>
                <Button variant="quiet" onClick={() => setTailoringOpen(true)}>
                  Tailor the questions
                </Button>
              </div>
            </div>
          )}
        </section>
      </div>

      <aside className="setup-summary" aria-label="Your interview">
        <div className="stack" style={{ '--gap': '0.25rem' } as React.CSSProperties}>
          <p className="setup-summary-title">
            {role?.title ?? 'Your interview'}
            {levelLabel !== undefined && `, ${levelLabel.toLowerCase()}`}
          </p>
          <p className="flush muted">
            {count} questions, about {aboutMinutes(count * secondsPerQuestion)}
            {kinds.length > 0 && (
              <>
                , only{' '}
                {allKinds
                  .filter(({ id }) => kinds.includes(id))
                  .map(({ label }) => label.toLowerCase())
                  .join(', ')}
              </>
            )}
            .
          </p>
        </div>
        <p className="flush muted small setup-engine">
          {engine.provider === 'offline'
            ? 'Questions come from the built-in bank; answers are read by the built-in engine. Nothing leaves this server.'
            : `Questions are written and answers are read by ${engine.label}. Your answers are sent there, your name and e-mail are not.`}
        </p>
        {engine.provider !== 'offline' && (
          <label className="choice small">
            <input
              type="checkbox"
              className="form-check-input"
              checked={allowFallback}
              onChange={(event) => setAllowFallback(event.target.checked)}
            />
            <span>If it does not answer, the built-in bank and engine may step in</span>
          </label>
        )}
        {create.isError && <ProblemNotice error={create.error} />}
        <BusyButton type="submit" className="setup-start" busy={create.isPending} busyText="Setting up…">
          Prepare my questions
        </BusyButton>
        <p className="flush muted small setup-after">
          You begin when you are ready; nothing is timed before that.
        </p>
      </aside>
    </form>
  );
}

/** What goes with the interview; nothing for what was left empty. */
function broughtAlong({
  jobDescription,
  resume,
  focus,
  useHistory,
}: TailoringDraft): Partial<NewInterview> & Pick<NewInterview, 'use_history'> {
  return {
    ...(jobDescription.trim() !== '' && { job_description: jobDescription }),
    ...(resume.trim() !== '' && { resume }),
    ...(focus.length > 0 && { focus }),
    use_history: useHistory,
  };
}
