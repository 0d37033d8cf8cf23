import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

import {
  listDevices,
  MediaProblem,
  onDevicesChanged,
  onEnded,
  openMedia,
  rememberDevice,
  rememberedDevices,
  stopMedia,
  type Device,
  type DeviceChoice,
  type DeviceKind,
  type Wanted,
} from './media-devices';

export interface MediaDevicesState {
  cameras: readonly Device[];
  microphones: readonly Device[];
  speakers: readonly Device[];
  /** False until the browser tells the devices' names, which it does once one was allowed. */
  named: boolean;
  choice: DeviceChoice;
  /** Remembered on this machine. */
  choose: (kind: DeviceKind, id: string | null) => void;
  /** Ask again, e.g. after permission was given. */
  refresh: () => void;
}

/** Cameras, microphones and speakers as they come and go, and which were chosen on this machine. */
export function useMediaDevices(): MediaDevicesState {
  const [devices, setDevices] = useState<readonly Device[]>([]);
  const [choice, setChoice] = useState(rememberedDevices);
  const mounted = useRef(false);

  const refresh = useCallback(() => {
    listDevices().then(
      (list) => {
        if (mounted.current) setDevices(list);
      },
      () => undefined, // A browser that refuses to tell: the default devices still work.
    );
  }, []);

  useEffect(() => {
    mounted.current = true;
    refresh();
    const end = onDevicesChanged(refresh);
    return () => {
      mounted.current = false;
      end();
    };
  }, [refresh]);

  const choose = useCallback((kind: DeviceKind, id: string | null) => {
    rememberDevice(kind, id);
    setChoice((before) => ({ ...before, [kind]: id }));
  }, []);

  return useMemo(
    () => ({
      cameras: devices.filter(({ kind }) => kind === 'camera'),
      microphones: devices.filter(({ kind }) => kind === 'microphone'),
      speakers: devices.filter(({ kind }) => kind === 'speaker'),
      named: devices.some(({ label }) => label !== ''),
      choice,
      choose,
      refresh,
    }),
    [devices, choice, choose, refresh],
  );
}

export type MediaStreamState =
  | { status: 'off'; stream: null; problem: null }
  | { status: 'asking'; stream: null; problem: null }
  | { status: 'on'; stream: MediaStream; problem: null }
  | { status: 'failed'; stream: null; problem: MediaProblem };

export type MediaStreamControl = MediaStreamState & {
  /** From a press: the browser may ask the person. A stream that is open already is replaced. */
  open: (wanted: Wanted) => void;
  close: () => void;
};

const off = { status: 'off', stream: null, problem: null } as const;

/**
 * One stream of the chosen camera and microphone, for everything that needs them at once (preview, recording, speech, face).
 * Closes with the component; reopens when another device is chosen; an unplugged device is a problem like any other.
 */
export function useMediaStream(choice: DeviceChoice): MediaStreamControl {
  const [state, setState] = useState<MediaStreamState>(off);
  const opener = useRef<StreamOpener | null>(null);

  const { camera, microphone } = choice;
  const open = useCallback(
    (wanted: Wanted) => opener.current?.open(wanted, { camera, microphone }),
    [camera, microphone],
  );
  const close = useCallback(() => opener.current?.close(), []);

  useEffect(() => {
    const own = new StreamOpener(setState);
    opener.current = own;
    return () => own.end();
  }, []);

  useEffect(() => {
    opener.current?.chose({ camera, microphone });
  }, [camera, microphone]);

  return useMemo(() => ({ ...state, open, close }), [state, open, close]);
}

type Chosen = Pick<DeviceChoice, 'camera' | 'microphone'>;

/** One stream at a time. What the browser hands over after it is no longer wanted is stopped at once: its light goes off. */
class StreamOpener {
  private round = 0;
  private stream: MediaStream | null = null;
  private wanted: Wanted | null = null;
  private opened: Chosen | null = null;
  private unwatch: () => void = () => undefined;

  constructor(private readonly tell: (state: MediaStreamState) => void) {}

  open(wanted: Wanted, chosen: Chosen): void {
    this.drop();
    const round = this.round;
    this.wanted = wanted;
    this.opened = chosen;
    this.tell({ status: 'asking', stream: null, problem: null });
    openMedia(wanted, chosen).then(
      (stream) => {
        if (round !== this.round) {
          stopMedia(stream);
          return;
        }
        this.stream = stream;
        this.unwatch = onEnded(stream, () => this.fail(new MediaProblem('unplugged')));
        this.tell({ status: 'on', stream, problem: null });
      },
      (error: unknown) => {
        if (round === this.round) this.fail(error as MediaProblem);
      },
    );
  }

  /** Another device was chosen: an open stream moves there. */
  chose(chosen: Chosen): void {
    const { wanted, opened } = this;
    if (this.stream === null || wanted === null || opened === null) return;
    const differs =
      (wanted.camera && chosen.camera !== opened.camera) ||
      (wanted.microphone && chosen.microphone !== opened.microphone);
    if (differs) this.open(wanted, chosen);
  }

  close(): void {
    this.drop();
    this.tell(off);
  }

  end(): void {
    this.drop();
  }

  private fail(problem: MediaProblem): void {
    this.drop();
    this.tell({ status: 'failed', stream: null, problem });
  }

  private drop(): void {
    this.round += 1;
    this.unwatch();
    if (this.stream !== null) stopMedia(this.stream);
    this.stream = null;
    this.wanted = null;
  }
}
