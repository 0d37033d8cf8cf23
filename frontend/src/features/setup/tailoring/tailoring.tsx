import { useQuery } from '@tanstack/react-query';

import { weakPointsQuery } from '@/api/interviews/list-weak-points';
import type { Engine, Role } from '@/api/types';
import { ProblemNotice } from '@/components/problem-notice';
import type { TailoringDraft } from '@/lib/tailoring-draft';

import { FocusChips } from './focus-chips';
import { SourceText } from './source-text';
import './tailoring.css';

interface Props {
  draft: TailoringDraft;
  onChange: (draft: TailoringDraft) => void;
  role: Role | null;
  engine: Engine;
}

/** What an interview is about besides a job and a level. All of it may stay empty. */
export default function Tailoring({ draft, onChange, role, engine }: Props) {
  return (
    <div className="tailoring">
      <SourceText
        use="job_description"
        label="Job description"
        hint="The advertisement, or a few lines about the job."
        text={draft.jobDescription}
        onChange={(jobDescription) => onChange({ ...draft, jobDescription })}
      />
      <SourceText
        use="resume"
        label="Your résumé"
        hint="The part about your work is enough."
        text={draft.resume}
        onChange={(resume) => onChange({ ...draft, resume })}
      />
      <p className="flush muted small">
        {engine.provider === 'offline'
          ? 'Both texts stay on this server and help to choose the questions.'
          : `Both texts are sent to ${engine.label} to write the questions.`}{' '}
        Names, addresses, e-mail, telephone, links, and from a résumé schools and personal details are taken
        out by rules before that. Rules miss things: remove what you do not want to share. The texts are kept
        with this interview for you alone; no file is kept.
      </p>
      <FocusChips role={role} chosen={draft.focus} onChange={(focus) => onChange({ ...draft, focus })} />
      <History chosen={draft.useHistory} onChange={(useHistory) => onChange({ ...draft, useHistory })} />
    </div>
  );
}

function History({ chosen, onChange }: { chosen: boolean; onChange: (chosen: boolean) => void }) {
  const { data, error, refetch } = useQuery(weakPointsQuery);
  if (error !== null) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <p className="flush muted">Looking at your earlier reports…</p>;
  if (data.items.length === 0)
    return <p className="flush muted small">When a report finds something weak, you can work on it here.</p>;
  return (
    <label className="choice">
      <input
        type="checkbox"
        className="form-check-input"
        checked={chosen}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span className="choice-text">
        <span className="choice-label">Use what my earlier reports say</span>
        <span className="muted">
          Came out low: {data.items.map(({ competency }) => competency.label.toLowerCase()).join(', ')}.
        </span>
      </span>
    </label>
  );
}
