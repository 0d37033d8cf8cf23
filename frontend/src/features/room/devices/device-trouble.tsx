import Button from 'react-bootstrap/Button';

import { Icon } from '@/components/icon';
import { Notice } from '@/components/notice';
import type { MediaProblemKind } from '@/lib/media-devices';

type Device = 'camera' | 'microphone';

const happened: Record<MediaProblemKind, (device: Device) => string> = {
  denied: (device) => `The browser does not let this page use the ${device}.`,
  none: (device) => `No ${device} was found.`,
  busy: (device) => `The ${device} is in use by another program.`,
  insecure: (device) => `The ${device} works only over a secure connection (https).`,
  unsupported: (device) => `This browser cannot use a ${device}.`,
  unplugged: (device) => `The ${device} was unplugged or switched off.`,
  failed: (device) => `The ${device} could not be started.`,
};

const toDo: Record<MediaProblemKind, string> = {
  denied: 'Allow it in the address bar, beside the address, then try again.',
  none: 'Plug one in, then try again.',
  busy: 'Close the other program, for example a call, then try again.',
  insecure: 'Open this page with https:// in front of its address.',
  unsupported: 'Use a current Firefox, Chrome, Edge or Safari for this.',
  unplugged: 'Plug it in again, or choose another one.',
  failed: 'Try again; if it goes on, choose another one or restart the browser.',
};

const usuallyWorks: Record<Device, string> = {
  camera: 'Everything but the picture still works.',
  microphone: 'You can type your answers as before.',
};

interface Props {
  device: Device;
  kind: MediaProblemKind;
  /** Where something else matters than usual. */
  stillWorks?: string;
  onRetry: () => void;
}

/** Why there is no picture or sound: what happened, what still works, what to do. */
export function DeviceTrouble({ device, kind, stillWorks = usuallyWorks[device], onRetry }: Props) {
  return (
    <Notice
      title={happened[kind](device)}
      urgent
      {...(kind === 'unsupported' || kind === 'insecure'
        ? {}
        : {
            action: (
              <Button variant="quiet" onClick={onRetry}>
                <Icon name="retry" /> Try again
              </Button>
            ),
          })}
    >
      {stillWorks} {toDo[kind]}
    </Notice>
  );
}
