import { useCaptures } from '@/features/room/captures/captures-context';
import { DeviceSelect } from './device-select';
import { DeviceTrouble } from './device-trouble';
import { useLevel } from './use-level';

/** How loud the microphone is, or why it is silent. */
export function MicrophoneCheck() {
  const { streams } = useCaptures();
  const { microphone, devices } = streams;
  const level = useLevel(microphone.stream);
  return (
    <div className="device-check">
      {microphone.status === 'asking' && (
        <p className="flush muted" role="status">
          The browser asks whether this page may use the microphone.
        </p>
      )}
      {microphone.status === 'on' && (
        <div className="stack" style={{ '--gap': '0.5rem' } as React.CSSProperties}>
          <div className="sound-level" ref={level} aria-hidden="true">
            <span />
          </div>
          <p className="flush small muted">Say a few words: the bar should move. Nothing is recorded here.</p>
        </div>
      )}
      {microphone.status === 'failed' && (
        <DeviceTrouble
          device="microphone"
          kind={microphone.problem.kind}
          onRetry={() => microphone.open({ camera: false, microphone: true })}
        />
      )}
      <DeviceSelect kind="microphone" devices={devices} />
    </div>
  );
}
