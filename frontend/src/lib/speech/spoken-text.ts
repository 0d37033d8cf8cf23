import type { SpokenSegment } from './types';

/**
 * The text with what was said put at its end; a part that came late goes between its neighbours while they stand there
 * unchanged. Spaces only: no capital, no full stop is invented.
 */
export declare function addSpoken(
  text: string,
  segment: Pick<SpokenSegment, 'text' | 'before' | 'after'>,
): string;
