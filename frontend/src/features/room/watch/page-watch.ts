import type { NoticeKind } from '@/api/room-types';

export interface Noticed {
  kind: NoticeKind;
  startedAt: number;
  durationS: number;
}

interface Options {
  /** From how many seconds away on it is worth a notice. */
  awaySeconds: number;
  now: () => number;
  /** Returns the id by which a notice may grow. */
  onNotice: (noticed: Noticed) => string;
  onGrow: (id: string, durationS: number) => void;
  /** Whether this tab has told of the second screen already. */
  secondScreenTold: () => boolean;
  tellSecondScreen: () => void;
}

interface Away {
  kind: 'page_hidden' | 'window_blur';
  since: number;
  timer: ReturnType<typeof setTimeout>;
  notice: string | null;
}

/**
 * Notes when this page is left: hidden, behind another window, full screen ended, text pasted, a second screen. It sees
 * that something happened, never what else is on the screen or what was copied. Returns how to stop it.
 */
export function watchPage(options: Options): () => void {
  const { now, onNotice, onGrow } = options;
  let away: Away | null = null;
  let full = document.fullscreenElement !== null;

  function leave(kind: Away['kind']): void {
    if (away !== null) {
      // Switching tabs blurs first and hides then: it is one absence, told as the clearer of the two.
      if (away.notice === null) away.kind = kind === 'page_hidden' ? kind : away.kind;
      return;
    }
    const since = now();
    const timer = setTimeout(() => {
      if (away !== null) away.notice = tell(away);
    }, options.awaySeconds * 1000);
    away = { kind, since, timer, notice: null };
  }

  function tell({ kind, since }: Away): string {
    return onNotice({ kind, startedAt: since, durationS: lasted(since) });
  }

  function lasted(since: number): number {
    return Math.round((now() - since) / 100) / 10;
  }

  function back(): void {
    if (away === null || document.visibilityState === 'hidden') return;
    clearTimeout(away.timer);
    const { since, notice } = away;
    if (notice !== null) onGrow(notice, lasted(since));
    else if (lasted(since) >= options.awaySeconds) tell(away); // the sleeping tab's timer came too late
    away = null;
  }

  const visibility = () => (document.visibilityState === 'hidden' ? leave('page_hidden') : back());
  const blur = () => leave('window_blur');
  const paste = () => void onNotice({ kind: 'paste', startedAt: now(), durationS: 0 });
  const fullscreen = () => {
    const isFull = document.fullscreenElement !== null;
    if (full && !isFull) onNotice({ kind: 'fullscreen_exit', startedAt: now(), durationS: 0 });
    full = isFull;
  };
  const screens = () => {
    const { isExtended } = window.screen as Screen & { isExtended?: boolean };
    if (isExtended !== true || options.secondScreenTold()) return;
    options.tellSecondScreen();
    onNotice({ kind: 'second_screen', startedAt: now(), durationS: 0 });
  };

  document.addEventListener('visibilitychange', visibility);
  window.addEventListener('blur', blur);
  window.addEventListener('focus', back);
  document.addEventListener('paste', paste);
  document.addEventListener('fullscreenchange', fullscreen);
  window.screen.addEventListener?.('change', screens);
  screens();
  return () => {
    back();
    if (away !== null) clearTimeout(away.timer);
    document.removeEventListener('visibilitychange', visibility);
    window.removeEventListener('blur', blur);
    window.removeEventListener('focus', back);
    document.removeEventListener('paste', paste);
    document.removeEventListener('fullscreenchange', fullscreen);
    window.screen.removeEventListener?.('change', screens);
  };
}
