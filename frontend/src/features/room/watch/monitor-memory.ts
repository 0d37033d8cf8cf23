import type { MonitorMemory } from '@/lib/face/types';

/** Where one interview's ladder and baseline lie in the tab: they outlive a reload and end with the tab. */
export function monitorPlace(interviewId: string): string {
  return `ik-monitor-${interviewId}`;
}

export function keepMemory(interviewId: string, memory: MonitorMemory | null): void {
  try {
    if (memory === null) sessionStorage.removeItem(monitorPlace(interviewId));
    else sessionStorage.setItem(monitorPlace(interviewId), JSON.stringify(memory));
  } catch {
    // Storage is switched off or full: after a reload the usual position is learnt anew.
  }
}

export function readMemory(interviewId: string): MonitorMemory | undefined {
  try {
    const kept = sessionStorage.getItem(monitorPlace(interviewId));
    const memory = kept === null ? undefined : (JSON.parse(kept) as MonitorMemory);
    return memory !== undefined && (memory.version as number) === 1 ? memory : undefined;
  } catch {
    return undefined;
  }
}
