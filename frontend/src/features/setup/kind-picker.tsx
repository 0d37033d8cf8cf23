import type { QuestionKind } from '@/api/types';

import '@/components/choice-list.css';
import { kinds } from './kinds';

interface Props {
  /** What the chosen job has questions of; all while none is chosen. */
  offered: readonly QuestionKind[] | null;
  chosen: QuestionKind[];
  onChange: (kinds: QuestionKind[]) => void;
}

/** None chosen means a mix of all, as in most real interviews. */
export function KindPicker({ offered, chosen, onChange }: Props) {
  return (
    <fieldset className="choices choices-rows">
      <legend className="visually-hidden">Kinds of questions</legend>
      {kinds
        .filter(({ id }) => offered?.includes(id) ?? true)
        .map(({ id, label, detail }) => (
          <label key={id} className="choice">
            <input
              type="checkbox"
              className="form-check-input"
              checked={chosen.includes(id)}
              onChange={(event) =>
                onChange(event.target.checked ? [...chosen, id] : chosen.filter((kind) => kind !== id))
              }
            />
            <span className="choice-text">
              <span className="choice-label">{label}</span>
              <span className="muted">{detail}</span>
            </span>
          </label>
        ))}
    </fieldset>
  );
}
