import { useEffect, useRef } from 'react';

interface Props {
  stream: MediaStream;
  label: string;
  className?: string;
}

/** The own picture, mirrored as in a mirror. Silent: nobody wants to hear themselves late. */
export function CameraView({ stream, label, className = '' }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    element.srcObject = stream;
    return () => {
      element.srcObject = null;
    };
  }, [stream]);
  return (
    <video
      ref={video}
      className={`camera-view ${className}`}
      aria-label={label}
      autoPlay
      muted
      playsInline
      disablePictureInPicture
    />
  );
}
