import type { Delivery } from '@/api/types';
import './delivery-part.css';
import { count, duration, percent, plural, wordCount } from '@/lib/format';

/** How an answer was said, in words. It opens on request, so that a report stays short. */
export function DeliveryPart({ delivery }: { delivery: Delivery }) {
  return (
    <details className="delivery small">
      <summary>{delivery.spoken ? 'How it was said' : 'How it was written'}</summary>
      <p className="muted">Counted, not judged: none of this counts towards your score.</p>
      <ul>
        {linesOf(delivery).map((line) => (
          <li key={line}>{line}</li>
        ))}
        {delivery.not_measurable.map(({ metric, reason }) => (
          <li key={metric} className="muted">
            Not measured: {metric}. {reason}
          </li>
        ))}
      </ul>
    </details>
  );
}

function linesOf(delivery: Delivery): string[] {
  const { pace, fillers, pauses, hedges, repetition, length, ownership, readability } = delivery;
  const lines: string[] = [];
  const seconds = length.seconds === null ? '' : `, ${duration(length.seconds)} of speech`;
  lines.push(
    `${wordCount(length.words)}${seconds}. About ${duration(length.suggested_seconds)} was suggested.`,
  );
  if (pace !== null)
    lines.push(
      `${count(Math.round(pace.words_per_minute))} words per minute; ${pace.typical_low} to ${pace.typical_high} is typical.` +
        (pace.slowest === null || pace.fastest === null
          ? ''
          : ` Between ${Math.round(pace.slowest)} and ${Math.round(pace.fastest)} over 20 seconds.`) +
        (pace.note === null ? '' : ` That is ${pace.note}.`),
    );
  // What was not written down cannot be counted, so this is the least there can have been.
  if (fillers !== null)
    lines.push(
      `At least ${plural(fillers.count, 'filler word')}: ${phrases(fillers.by_phrase)}. That is ${fillers.per_100_words.toFixed(1)} per 100 words.`,
    );
  if (pauses !== null)
    lines.push(
      `${plural(pauses.over_1_s, 'pause')} of over a second (${percent(pauses.share)} of the time), ` +
        `the longest ${pauses.longest_s.toFixed(1)} s.`,
    );
  if (hedges !== null)
    lines.push(
      hedges.count === 0
        ? 'No hedging phrases that we look for.'
        : `${plural(hedges.count, 'hedging phrase')}: ${phrases(hedges.by_phrase)}.`,
    );
  if (repetition !== null && repetition.phrases.length > 0)
    lines.push(`Said three times or more: ${phrases(repetition.phrases)}.`);
  if (ownership !== null)
    lines.push(
      `“I” ${ownership.i}×, “we” ${ownership.we}×.${ownership.note === null ? '' : ` ${ownership.note}`}`,
    );
  if (readability !== null)
    lines.push(
      `${plural(readability.sentences, 'sentence')} of ${readability.words_per_sentence.toFixed(0)} words on average. ` +
        `Reading ease ${readability.flesch.toFixed(0)} (Flesch; higher is easier).`,
    );
  return lines;
}

function phrases(counted: { phrase: string; count: number }[]): string {
  return counted.map((one) => `“${one.phrase}” ${one.count}×`).join(', ');
}
