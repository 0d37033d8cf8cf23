import type { AskedQuestion } from '@/api/types';

/** What a follow-up goes on from: the question and what was said to it, and likewise for each follow-up before. */
export function AskedBefore({ thread }: { thread: AskedQuestion[] }) {
  if (thread.length === 0) return null;
  return (
    <section className="room-before" aria-label="Asked and answered before">
      <dl className="flush">
        {thread.map(({ id, follow_up: followUp, text, answer }) => (
          <div key={id} className="room-before-part">
            <dt className="said">
              {followUp !== null && <span className="visually-hidden">Follow-up {followUp.number}: </span>}
              {text}
            </dt>
            {/* It scrolls, so the keyboard must get to it. */}
            {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
            <dd className="said" tabIndex={0}>
              {answer?.text}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
