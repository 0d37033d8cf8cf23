import { exactTime } from '@/lib/format';

/** A point in time, or a dash in words where there is none. */
export function Moment({ at, none = 'not yet' }: { at: string | null; none?: string }) {
  if (at === null) return <span className="muted">{none}</span>;
  return (
    <time dateTime={at} className="figures">
      {exactTime(at)}
    </time>
  );
}
