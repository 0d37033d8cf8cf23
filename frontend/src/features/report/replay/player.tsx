import { useEffect, useRef, useState } from 'react';

import { Notice } from '@/components/notice';

import './player.css';

export interface Seek {
  at: number;
  /** Another number for another wish, so that the same place can be asked for twice. */
  key: number;
}

interface Props {
  src: string;
  /** The text of a WebVTT file. */
  captions: string;
  label: string;
  seek: Seek | null;
  onTime: (second: number) => void;
}

/** The browser's own player, told where to go. */
export function Player({ src, captions, label, seek, onTime }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  const track = useRef<HTMLTrackElement>(null);
  const pending = useRef<number | null>(null);
  const [broken, setBroken] = useState<string | null>(null);

  useEffect(() => {
    const element = video.current;
    if (seek === null || element === null) return;
    pending.current = seek.at;
    if (element.readyState >= element.HAVE_METADATA) go(element, pending);
  }, [seek]);

  useEffect(() => {
    // It may have failed before anybody listened: the browser loads as soon as the element is made.
    const element = video.current;
    const timer = setTimeout(() => {
      if (element?.error != null) setBroken(src);
    });
    return () => clearTimeout(timer);
  }, [src]);

  useEffect(() => {
    const element = track.current;
    if (element === null) return;
    const url = URL.createObjectURL(new Blob([captions], { type: 'text/vtt' }));
    element.src = url;
    return () => URL.revokeObjectURL(url);
  }, [captions, broken]);

  if (broken === src)
    return (
      <Notice tone="problem" title="The video could not be played." urgent>
        This browser may not know its format, or the connection broke off. The recording is kept. Reload the
        page to try again.
      </Notice>
    );
  return (
    <video
      ref={video}
      className="player"
      src={src}
      controls
      playsInline
      preload="metadata"
      aria-label={label}
      onLoadedMetadata={({ currentTarget: element }) => {
        // What a browser recorded and nobody put together has no length until its end was looked at.
        if (Number.isFinite(element.duration)) go(element, pending);
        else {
          pending.current ??= 0;
          element.currentTime = Number.MAX_SAFE_INTEGER;
        }
      }}
      onDurationChange={({ currentTarget: element }) => {
        if (Number.isFinite(element.duration) && element.readyState >= element.HAVE_METADATA)
          go(element, pending);
      }}
      onTimeUpdate={({ currentTarget: element }) => {
        if (pending.current === null) onTime(element.currentTime);
      }}
      onError={() => setBroken(src)}
    >
      <track ref={track} kind="captions" srcLang="en" label="English" />
    </video>
  );
}

/** Goes where it was asked to, once. A place asked for is played from; the mere beginning is not. */
function go(element: HTMLVideoElement, pending: React.RefObject<number | null>): void {
  const at = pending.current;
  if (at === null) return;
  pending.current = null;
  element.currentTime = at;
  // Refused where the browser plays nothing unasked: it then stands at the right place.
  if (at > 0) void element.play().catch(() => undefined);
}
