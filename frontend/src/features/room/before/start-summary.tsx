import { useCaptures } from '@/features/room/captures/captures-context';
import { onInWords } from '@/features/room/captures/on-words';

/** The truth beside the start button: what will be on. */
export function StartSummary() {
  const captures = useCaptures();
  const on = onInWords(captures);
  return (
    <span role="status">
      {on.length === 0
        ? 'Nothing is recorded or watched. You type your answers.'
        : `On: ${new Intl.ListFormat('en-GB').format(on)}. Nothing else.`}
    </span>
  );
}
