import { useCaptures } from '@/features/room/captures/captures-context';
import { onInWords } from '@/features/room/captures/on-words';

const list = new Intl.ListFormat('en-GB');

/** The truth beside the start button: what will be on. */
export function StartSummary() {
  const captures = useCaptures();
  const on = onInWords(captures);
  const { camera, microphone } = captures.streams;
  const silent = [
    camera.status === 'failed' && 'camera',
    microphone.status === 'failed' && 'microphone',
  ].filter((name) => name !== false);
  return (
    <span role="status">
      {on.length === 0
        ? 'Nothing is recorded or watched. You type your answers.'
        : `On: ${list.format(on)}. Nothing else.`}
      {silent.length > 0 && ` Not working yet: ${list.format(silent)}.`}
    </span>
  );
}
