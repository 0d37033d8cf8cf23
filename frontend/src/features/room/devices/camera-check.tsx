import { useCaptures } from '@/features/room/captures/captures-context';
import { CameraView } from './camera-view';
import { DeviceSelect } from './device-select';
import { DeviceTrouble } from './device-trouble';

/** What the camera sees, or why it sees nothing. */
export function CameraCheck() {
  const { streams } = useCaptures();
  const { camera, devices } = streams;
  return (
    <div className="device-check">
      {camera.status === 'asking' && (
        <p className="flush muted" role="status">
          The browser asks whether this page may use the camera.
        </p>
      )}
      {camera.status === 'on' && (
        <>
          <CameraView
            stream={camera.stream}
            label="Your camera’s picture, mirrored"
            className="device-preview"
          />
          <p className="flush small muted">
            Only you see this. Light from the front and eyes at the height of the lens help the most.
          </p>
        </>
      )}
      {camera.status === 'failed' && (
        <DeviceTrouble
          device="camera"
          kind={camera.problem.kind}
          onRetry={() => camera.open({ camera: true, microphone: false })}
        />
      )}
      <DeviceSelect kind="camera" devices={devices} />
    </div>
  );
}
