import Button from 'react-bootstrap/Button';

import { ProblemNotice } from '@/components/problem-notice';
import { SkeletonRows } from '@/components/skeleton';

import { CaptureRows } from '@/features/room/captures/capture-rows';
import { useCaptures } from '@/features/room/captures/captures-context';
import { CameraCheck } from '@/features/room/devices/camera-check';
import { MicrophoneCheck } from '@/features/room/devices/microphone-check';
import { SpeakerCheck } from '@/features/room/devices/speaker-check';
import { Icon } from '@/components/icon';
import { Abilities } from './abilities';

/** Before the first question: what may be on, and whether the devices work. All of it can be left as it is. */
export function BeforeStart() {
  const { offer, offerFailed, retryOffer } = useCaptures();
  return (
    <>
      <section className="stack" aria-labelledby="captures-title">
        <h2 id="captures-title">What may be on, if you like</h2>
        <p className="flush muted">
          All of it is off and can stay off: typing is enough. You can change it at any time, also in the
          middle of the interview.
        </p>
        {offer !== undefined ? (
          <CaptureRows />
        ) : offerFailed !== null ? (
          <ProblemNotice error={offerFailed} onRetry={retryOffer} />
        ) : (
          <SkeletonRows rows={4} />
        )}
      </section>
      <section className="stack" aria-labelledby="devices-title">
        <h2 id="devices-title">Try your devices</h2>
        <div className="checks">
          <DeviceTry device="camera" />
          <DeviceTry device="microphone" />
          <SpeakerCheck />
          <Abilities />
        </div>
      </section>
    </>
  );
}

const tries = {
  camera: {
    icon: 'camera',
    name: 'Camera',
    says: 'For recording, notices and expressions.',
  },
  microphone: { icon: 'mic', name: 'Microphone', says: 'For speaking and recording.' },
} as const;

/** A look at a device without agreeing to anything. Once something that is on needs it, it is shown there. */
function DeviceTry({ device }: { device: 'camera' | 'microphone' }) {
  const { streams, tried, tryDevice, consents, recordingMode } = useCaptures();
  const { icon, name, says } = tries[device];
  const { status } = streams[device];
  const needed =
    recordingMode !== 'off' ||
    (device === 'microphone'
      ? consents.has('audio_transcription')
      : consents.has('face_monitoring') || consents.has('expression_analysis'));
  const open = !needed && tried[device] && status !== 'off';
  return (
    <>
      <div className="check-line">
        <Icon name={icon} />
        <div className="check-text">
          <strong>{name}</strong>
          <span className="muted">
            {needed
              ? status === 'on'
                ? 'Works. It is on because of your choice above.'
                : status === 'failed'
                  ? 'Does not work yet; the reason is above.'
                  : 'The browser asks for it.'
              : open && status === 'on'
                ? 'On for this look only. Nothing is recorded or sent.'
                : says}
          </span>
        </div>
        {!needed && (
          <Button variant="quiet" onClick={() => tryDevice(device, !open)}>
            {open ? 'Stop' : 'Try it'}
            <span className="visually-hidden"> ({name.toLowerCase()})</span>
          </Button>
        )}
      </div>
      {open && (device === 'camera' ? <CameraCheck /> : <MicrophoneCheck />)}
    </>
  );
}
