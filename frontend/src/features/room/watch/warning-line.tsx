import type { NoticeKind } from '@/api/types';
import { Icon } from '@/components/icon';

import { useCaptures } from '@/features/room/captures/captures-context';

const gentle: Record<NoticeKind, string> = {
  no_face: 'No face can be found in the picture. Is the camera still pointing at you?',
  several_faces: 'There is more than one face in the picture. If somebody came in, that is fine.',
  looking_away: 'Your head is turned away from its usual position. Thinking looks like that too.',
  could_not_tell: 'The picture is not clear enough to tell anything. A little light from the front helps.',
  monitoring_off: 'There is no picture to look at.',
  page_hidden: 'You were away from this page for a moment.',
  window_blur: 'Another window was in front for a moment.',
  paste: 'Text was pasted into the answer.',
  fullscreen_exit: 'Full screen has ended.',
  second_screen: 'A second screen is connected.',
};

/** The first time is only a word: nothing is noted yet, and it can be put away. */
export function WarningLine() {
  const { monitor } = useCaptures();
  return (
    <div role="status" className="warning-place">
      {monitor.warning !== null && (
        <p className="warning-line">
          <Icon name="eye" size={18} />
          <span>
            {gentle[monitor.warning.kind]} <span className="muted">Nothing has been noted.</span>
          </span>
          <button type="button" className="btn btn-words warning-close" onClick={monitor.dismissWarning}>
            All right
          </button>
        </p>
      )}
    </div>
  );
}
