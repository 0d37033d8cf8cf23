const counts = new Intl.NumberFormat('en-GB');
const dayAndYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
const dayOnly = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayAndTime = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
const toTheSecond = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** `plural(2, 'answer')` → "2 answers". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${counts.format(count)} ${count === 1 ? one : many}`;
}

/** 84 → "1:24". */
export function stopwatch(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** 150 → "2½ minutes"; for suggestions, so to the half minute. */
export function aboutMinutes(seconds: number): string {
  const halves = Math.max(1, Math.round(seconds / 30));
  const whole = Math.floor(halves / 2);
  if (halves === 1) return 'half a minute';
  if (halves === 2) return '1 minute';
  return halves % 2 === 1 ? `${whole}½ minutes` : `${whole} minutes`;
}

/** 84 → "1 min 24 s"; for what really happened. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  if (hours > 0) return `${hours} h ${minutes} min`;
  return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`;
}

export function longDate(iso: string): string {
  return dayAndYear.format(new Date(iso));
}

export function shortDate(iso: string): string {
  return dayOnly.format(new Date(iso));
}

/** "3 Nov 2026, 09:30": for records, where the hour matters. */
export function exactTime(iso: string): string {
  return dayAndTime.format(new Date(iso));
}

/** "14:05", of a moment today. */
export function clockTime(at: number | string): string {
  return clock.format(new Date(at));
}

/** "14:03:25": for what lasts seconds. */
export function timeOfDay(iso: string): string {
  return toTheSecond.format(new Date(iso));
}

/** 0.042 → "4 %". */
export function percent(share: number): string {
  const rounded = Math.round(share * 100);
  return share > 0 && rounded === 0 ? 'under 1 %' : `${rounded} %`;
}

export function count(number: number): string {
  return counts.format(number);
}

/** 0.0159 → "$0.016": small sums keep two digits that say something. */
export function dollars(sum: number): string {
  const digits =
    sum > 0 && sum < 0.1
      ? { maximumSignificantDigits: 2 }
      : { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return `$${sum.toLocaleString('en-GB', digits)}`;
}

/** "today, 14:05", "yesterday, 09:30" or "3 November 2026". */
export function when(iso: string, now = new Date()): string {
  const date = new Date(iso);
  const midnight = new Date(now);
  midnight.setHours(0, 0, 0, 0);
  const days = (midnight.getTime() - new Date(date).setHours(0, 0, 0, 0)) / 86_400_000;
  if (days === 0) return `today, ${clock.format(date)}`;
  if (Math.round(days) === 1) return `yesterday, ${clock.format(date)}`;
  return dayAndYear.format(date);
}

/** Words as a reader counts them: runs of letters or digits, an apostrophe or hyphen inside included. */
export function countWords(text: string): number {
  return text.match(/[\p{L}\p{N}]+(?:['’.,-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
}

export function wordCount(words: number): string {
  return plural(words, 'word');
}

/** 1536000 → "1.5 MB"; for sizes people compare, so in powers of ten. */
export function bytes(size: number): string {
  if (size < 1_000_000) return `${counts.format(Math.ceil(size / 1000))} kB`;
  const [unit, name] = size < 1_000_000_000 ? [1_000_000, 'MB'] : [1_000_000_000, 'GB'];
  const value = size / unit;
  return `${counts.format(value < 10 ? Math.round(value * 10) / 10 : Math.round(value))} ${name}`;
}
