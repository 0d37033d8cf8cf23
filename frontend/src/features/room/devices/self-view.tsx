import { useCaptures } from '@/features/room/captures/captures-context';
import { CameraView } from './camera-view';
import { changePreferences, usePreferences } from './preferences';

/** The own picture, small, in the corner of the eye. Many are calmer without it, so it can be hidden; the camera stays as it is. */
export function SelfView() {
  const { stream } = useCaptures().streams.camera;
  const { selfView } = usePreferences();
  if (stream === null) return null;
  return (
    <div className="self-view" data-hidden={!selfView || undefined}>
      {selfView && <CameraView stream={stream} label="Your camera’s picture, mirrored" />}
      <button
        type="button"
        className="btn btn-words self-view-toggle"
        onClick={() => changePreferences({ selfView: !selfView })}
      >
        {selfView ? 'Hide' : 'Show'}
        <span className="visually-hidden"> my picture</span>
        {!selfView && <span aria-hidden="true"> my picture</span>}
      </button>
    </div>
  );
}
