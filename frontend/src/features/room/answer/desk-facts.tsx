import { aboutMinutes, countWords, plural, wordCount } from '@/lib/format';

import { useElapsed } from '@/features/room/question/stopwatch';
import { SaveState } from './save-state';
import type { Draft } from './use-draft';

interface Props {
  draft: Draft;
  left: number | null;
  since: string | null;
  suggestedSeconds: number;
}

/** Whether it is safe, how much it is, and a soft word when it is longer than suggested. */
export function DeskFacts({ draft, left, since, suggestedSeconds }: Props) {
  const past = useElapsed(since) > suggestedSeconds;
  return (
    <div className="desk-facts muted small">
      <SaveState state={draft.state} empty={draft.text === ''} />
      {left === null ? (
        <span className="figures">{wordCount(countWords(draft.text))}</span>
      ) : (
        <span className={left < 0 ? 'figures desk-over' : 'figures'} role={left < 0 ? 'alert' : undefined}>
          {left < 0
            ? `${plural(-left, 'character')} too many: shorten it`
            : `${plural(left, 'character')} left`}
        </span>
      )}
      {past && <span>Past the suggested {aboutMinutes(suggestedSeconds)}. Nothing is cut off.</span>}
    </div>
  );
}
