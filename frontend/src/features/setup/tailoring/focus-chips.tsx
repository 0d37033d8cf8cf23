import type { Role } from '@/api/types';

const most = 3;

interface Props {
  role: Role | null;
  chosen: string[];
  onChange: (chosen: string[]) => void;
}

/** Up to three things to be asked about for sure. */
export function FocusChips({ role, chosen, onChange }: Props) {
  if (role === null)
    return <p className="flush muted">Choose a job first, then you can choose what to focus on.</p>;
  return (
    <fieldset className="focus-chips">
      <legend className="tailoring-label">Focus on</legend>
      <p className="flush muted small" role="status">
        {chosen.length === most ? `That is ${most}, the most there can be.` : `Up to ${most}.`}
      </p>
      <div className="choices-tiles choices">
        {role.competencies.map(({ id, label }) => {
          const on = chosen.includes(id);
          return (
            <label key={id} className="choice">
              <input
                type="checkbox"
                className="form-check-input"
                checked={on}
                disabled={!on && chosen.length === most}
                onChange={() => onChange(on ? chosen.filter((one) => one !== id) : [...chosen, id])}
              />
              <span>{label}</span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
