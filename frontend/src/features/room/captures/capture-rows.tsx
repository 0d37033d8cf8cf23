import { CameraCheck } from '@/features/room/devices/camera-check';
import { MicrophoneCheck } from '@/features/room/devices/microphone-check';
import { RecordingChoice } from '@/features/room/recording/recording-choice';
import { ThresholdList } from '@/features/room/watch/threshold-list';
import { CaptureRow } from './capture-row';
import { useCaptures } from './captures-context';

/** Every capture that is offered, one plain row each. All of them are off until they are switched on. */
export function CaptureRows() {
  const { offer, consents, recordingMode, running, streams } = useCaptures();
  if (offer === undefined) return null;
  // The picture is shown once, in the first row that needs it.
  const firstOfCamera = offer.captures.find(({ id }) =>
    id === 'video_recording' ? recordingMode !== 'off' : id !== 'audio_transcription' && consents.has(id),
  )?.id;
  return (
    <ul role="list" className="captures">
      {offer.captures.map((capture) => {
        const camera = !running && capture.id === firstOfCamera && <CameraCheck />;
        switch (capture.id) {
          case 'audio_transcription':
            return (
              <CaptureRow key={capture.id} capture={capture} on={consents.has(capture.id)}>
                {!running && <MicrophoneCheck />}
              </CaptureRow>
            );
          case 'video_recording':
            return (
              <CaptureRow
                key={capture.id}
                capture={capture}
                on={recordingMode !== 'off'}
                control={<RecordingChoice limits={offer.recording} />}
              >
                {camera}
                {!running && !consents.has('audio_transcription') && streams.microphone.status !== 'off' && (
                  <MicrophoneCheck />
                )}
              </CaptureRow>
            );
          case 'face_monitoring':
            return (
              <CaptureRow
                key={capture.id}
                capture={capture}
                on={consents.has(capture.id)}
                more={<ThresholdList thresholds={offer.monitoring} />}
              >
                {camera}
              </CaptureRow>
            );
          case 'expression_analysis':
            return (
              <CaptureRow
                key={capture.id}
                capture={capture}
                on={consents.has(capture.id)}
                more={
                  <p className="flush">
                    Only counts per answer are kept, such as how often “neutral” was seen. A model’s guess
                    about a face is often wrong, says nothing about what you feel, and is in no figure.
                  </p>
                }
              >
                {camera}
              </CaptureRow>
            );
        }
      })}
    </ul>
  );
}
