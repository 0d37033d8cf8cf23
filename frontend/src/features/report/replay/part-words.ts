import { duration, longDate, plural, stopwatch } from '@/lib/format';

import { isPlayable, type Part } from './parts';

/** What there is to know about a part besides its length; null when it is simply there. */
export function stateOf(part: Part): string | null {
  if (part.where === 'device') {
    const { running, restFrom } = part.recording;
    if (running) return 'It is being recorded now, perhaps in another tab.';
    return restFrom === null
      ? 'On this device only, in this browser. It was never sent.'
      : `On this device only, in this browser: what came after ${stopwatch(restFrom)}. The network was away for so long that the server had closed the video by then.`;
  }
  const { status, missing, duration_s: length, failure } = part.recording;
  switch (status) {
    case 'receiving':
      return 'Its last pieces are still on their way from the browser that recorded it. Nothing needs to be done here.';
    case 'assembling':
      return 'It is being put together. It appears here by itself.';
    case 'partial':
      return `It ends early${length === null ? '' : `, after ${duration(length)}`}: ${
        missing.length === 0
          ? 'what came later never arrived.'
          : `${missing.length >= 100 ? 'at least ' : ''}${plural(missing.length, 'piece')} of about a second never arrived.`
      }`;
    case 'failed':
      return `It could not be made into a video. ${failure ?? 'The reason is not known.'}`;
    case 'ready':
      return null;
  }
}

/** Until when it is kept. */
export function keptUntil(part: Part): string {
  if (part.where === 'device') return 'kept until you delete it';
  return `kept until ${longDate(part.recording.delete_after)}`;
}

/** All parts in a few words, for the closed line. */
export function summaryOf(parts: Part[]): string {
  if (parts.length === 0) return 'No video';
  const playable = parts.filter(isPlayable);
  if (playable.length === 0) {
    const failed = parts.every((part) => part.where === 'server' && part.recording.status === 'failed');
    return failed ? 'Could not be made' : 'Not ready yet';
  }
  const length = duration(playable.reduce((sum, part) => sum + part.durationS, 0));
  const rest = parts.length - playable.length;
  return `${parts.length === 1 ? length : `${plural(playable.length, 'part')}, ${length}`}${
    rest > 0 ? `, ${rest} not ready` : ''
  }`;
}
