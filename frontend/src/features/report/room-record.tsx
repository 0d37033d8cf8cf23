import { lazy, Suspense, useState } from 'react';
import { useLocation } from 'react-router';

import type { Interview, Notice } from '@/api/types';
import { ProblemNotice } from '@/components/problem-notice';
import { SkeletonLine, SkeletonRows } from '@/components/skeleton';
import { everyQuestion } from '@/components/session/every-question';
import { bytes, plural } from '@/lib/format';

import { NoticeList } from './notices/notice-list';
import { summaryOf as noticesInWords } from './notices/notice-words';
import { PresencePart } from './presence/presence-part';
import { summaryOf as partsInWords } from './replay/part-words';
import { isPlayable } from './replay/parts';
import type { Seek } from './replay/player';
import { findPlace } from './replay/timeline';
import { RoomPart } from './room-part';
import './room-record.css';
import type { RoomPartId, RoomRecord as Record } from './use-room-record';

const Replay = lazy(async () => ({ default: (await import('./replay/replay')).Replay }));

/** What the room kept, below the feedback and closed: the recording, the notices, what was visible. */
export function RoomRecord({ interview, record }: { interview: Interview; record: Record }) {
  const { hash, key } = useLocation();
  const [toggled, setToggled] = useState<{ id: RoomPartId; open: boolean; key: string }[]>([]);
  const [chosen, setChosen] = useState<string | null>(null);
  const [seek, setSeek] = useState<Seek | null>(null);
  const { recordings, notices, presence, local, unsentBytes, parts } = record;
  if (parts.length === 0) return null;

  const playable = (recordings.data ?? []).filter(isPlayable);
  // A link to a part opens it, also when it was closed by hand before.
  const isOpen = (id: RoomPartId) => {
    const last = toggled.findLast((one) => one.id === id);
    if (last === undefined) return hash === `#${id}`;
    return last.open || (hash === `#${id}` && last.key !== key);
  };
  const set = (id: RoomPartId, open: boolean) =>
    setToggled((all) => [...all.filter((one) => one.id !== id), { id, open, key }]);
  const goTo = (at: number) => setSeek((last) => ({ at, key: (last?.key ?? 0) + 1 }));
  const placeOf = (notice: Notice) => findPlace(playable, notice.started_at, notice.duration_s);

  function watch(notice: Notice): void {
    const place = placeOf(notice);
    if (place === null) return;
    set('recording', true);
    setChosen(place.stretch.id);
    goTo(place.at);
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    requestAnimationFrame(() =>
      document.getElementById('recording')?.scrollIntoView({ behavior: calm ? 'auto' : 'smooth' }),
    );
  }

  return (
    <section aria-labelledby="from-the-room" className="room-record">
      <h2 id="from-the-room">From the room</h2>
      <div>
        {parts.includes('recording') && (
          <RoomPart
            id="recording"
            title="Watch it again"
            state={recordings.data === undefined ? 'Could not be loaded' : partsInWords(recordings.data)}
            open={isOpen('recording')}
            onToggle={() => set('recording', !isOpen('recording'))}
          >
            <div className="stack">
              {unsentBytes > 0 && (
                <p className="flush" role="status">
                  {bytes(unsentBytes)} of the video are still on their way from this browser. Leave it open
                  for a moment: they are sent by themselves, and the video is complete when they have arrived.
                </p>
              )}
              {recordings.error !== null && (
                <ProblemNotice error={recordings.error} onRetry={recordings.retry} />
              )}
              {recordings.data !== undefined && (
                <Suspense fallback={<SkeletonLine height="16rem" />}>
                  <Replay
                    interview={interview}
                    parts={recordings.data}
                    notices={notices.data ?? []}
                    local={local}
                    chosen={chosen}
                    seek={seek}
                    onChoose={(id) => {
                      setChosen(id);
                      setSeek(null);
                    }}
                    onSeek={goTo}
                  />
                </Suspense>
              )}
            </div>
          </RoomPart>
        )}
        {parts.includes('notices') && (
          <RoomPart
            id="notices"
            title="Session notices"
            state={notices.data === undefined ? 'Could not be loaded' : noticesInWords(notices.data)}
            open={isOpen('notices')}
            onToggle={() => set('notices', !isOpen('notices'))}
          >
            {notices.data === undefined ? (
              <ProblemNotice error={notices.error} onRetry={notices.retry} />
            ) : (
              <NoticeList
                interviewId={interview.id}
                notices={notices.data}
                questions={interview.questions}
                placeOf={(notice) => placeOf(notice)?.at ?? null}
                onWatch={watch}
              />
            )}
          </RoomPart>
        )}
        {parts.includes('presence') && (
          <RoomPart
            id="presence"
            title="What was visible"
            state={
              presence.data == null
                ? 'Could not be loaded'
                : presence.data.answers.length === 0
                  ? 'Nothing is kept'
                  : `${plural(presence.data.answers.length, 'answer')}, ${presence.data.shared ? 'shared with reviewers' : 'only you see it'}`
            }
            open={isOpen('presence')}
            onToggle={() => set('presence', !isOpen('presence'))}
          >
            {presence.data === undefined ? (
              presence.error === null ? (
                <SkeletonRows rows={2} />
              ) : (
                <ProblemNotice error={presence.error} onRetry={presence.retry} />
              )
            ) : (
              presence.data !== null && (
                <PresencePart
                  interviewId={interview.id}
                  presence={presence.data}
                  questions={everyQuestion(interview.questions)}
                />
              )
            )}
          </RoomPart>
        )}
      </div>
    </section>
  );
}
