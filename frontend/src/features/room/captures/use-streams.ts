import { useEffect, useMemo } from 'react';

import { useMediaDevices, useMediaStream, type MediaStreamControl } from '@/lib/use-media-devices';

interface Wanted {
  camera: boolean;
  microphone: boolean;
}

/**
 * Camera and microphone, each a stream of its own, so that the loss of one never takes the other. They are opened when
 * something that was agreed to needs them and closed with it: the light beside the lens tells the truth.
 */
export function useStreams(wanted: Wanted) {
  const devices = useMediaDevices();
  const camera = useMediaStream(devices.choice);
  const microphone = useMediaStream(devices.choice);
  useOpen(camera, { camera: true, microphone: false }, wanted.camera);
  useOpen(microphone, { camera: false, microphone: true }, wanted.microphone);

  const both = useMemo(() => {
    if (camera.stream === null) return null;
    return new MediaStream([...camera.stream.getTracks(), ...(microphone.stream?.getTracks() ?? [])]);
  }, [camera.stream, microphone.stream]);

  return { devices, camera, microphone, both };
}

export type Streams = ReturnType<typeof useStreams>;

function useOpen(control: MediaStreamControl, what: Wanted, wanted: boolean): void {
  const { status, open, close } = control;
  const { camera, microphone } = what;
  useEffect(() => {
    if (wanted && status === 'off') open({ camera, microphone });
    else if (!wanted && status !== 'off') close();
  }, [camera, close, microphone, open, status, wanted]);
}
