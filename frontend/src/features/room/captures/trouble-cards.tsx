import Button from 'react-bootstrap/Button';

import { Icon } from '@/components/icon';
import { Notice } from '@/components/notice';
import type { OffReason } from '@/lib/face/types';
import { clockTime } from '@/lib/format';

import { DeviceTrouble } from '@/features/room/devices/device-trouble';
import { useCaptures } from './captures-context';
import { offSince } from './strip-items';

const offReasons: Record<OffReason, string> = {
  camera: 'The camera gives no picture. Look whether it is covered, unplugged or used by another program.',
  silent: 'The part that looks at the picture does not answer. The computer may be busy.',
  crashed: 'The part that looks at the picture broke.',
  not_loaded: 'The part that looks at the picture could not be loaded.',
  unsupported: 'This browser lacks what is needed to look at the picture.',
  stopped: 'It was stopped.',
};

/** What went wrong with something that was agreed to: loud enough to be seen, calm enough to go on answering. */
export function TroubleCards() {
  const captures = useCaptures();
  return (
    <>
      <MonitoringOff />
      {captures.streams.camera.status === 'failed' && offSince(captures) === null && (
        <DeviceTrouble
          device="camera"
          kind={captures.streams.camera.problem.kind}
          onRetry={() => captures.streams.camera.open({ camera: true, microphone: false })}
        />
      )}
      <NoSound />
      <RecordingTrouble />
    </>
  );
}

/** A recording without sound must not be found out afterwards. */
function NoSound() {
  const { recordingMode, running, streams } = useCaptures();
  const { camera, microphone } = streams;
  if (!running || recordingMode === 'off' || camera.status !== 'on' || microphone.status !== 'failed')
    return null;
  return (
    <DeviceTrouble
      device="microphone"
      kind={microphone.problem.kind}
      stillWorks="The picture is recorded without sound."
      onRetry={() => microphone.open({ camera: false, microphone: true })}
    />
  );
}

function MonitoringOff() {
  const captures = useCaptures();
  const since = offSince(captures);
  if (since === null) return null;
  const { monitor, streams, consents } = captures;
  const { camera } = streams;
  const reason = monitor.face?.name === 'off' ? monitor.face.reason : 'camera';
  return (
    <Notice
      title={`Face monitoring is off since ${clockTime(since)}.`}
      action={
        <>
          {reason !== 'unsupported' && (
            <Button
              variant="quiet"
              onClick={() => {
                if (camera.status === 'failed') camera.open({ camera: true, microphone: false });
                monitor.retry();
              }}
            >
              <Icon name="retry" /> Try again
            </Button>
          )}
          <Button variant="words" onClick={() => consents.withdraw('face_monitoring')}>
            Go on without it
          </Button>
        </>
      }
    >
      {camera.status === 'failed' && camera.problem.kind === 'denied'
        ? 'The browser does not let this page use the camera. Allow it beside the address, then try again.'
        : offReasons[reason]}{' '}
      Your interview goes on. The gap is noted as “monitoring off”, with its reason, and counts against
      nothing.
    </Notice>
  );
}

function RecordingTrouble() {
  const { recording, chooseRecording } = useCaptures();
  if (recording.status !== 'failed' || recording.failure === null) return null;
  return (
    <Notice
      title="The recording stopped."
      urgent
      action={
        <>
          <Button variant="quiet" onClick={recording.start}>
            <Icon name="retry" /> Record on
          </Button>
          <Button variant="words" onClick={() => chooseRecording('off')}>
            Go on without it
          </Button>
        </>
      }
    >
      {recording.failure.message} Your answers are not touched by this.
    </Notice>
  );
}
