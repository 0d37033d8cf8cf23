import type { MonitorMemory } from '@/lib/face/types';
import { keepInTab, readFromTab } from '@/lib/tab-memory';

const placeOf = (interviewId: string) => `ik-monitor-${interviewId}`;

/** Keeps one interview's ladder and baseline in the tab: they outlive a reload. */
export function keepMemory(interviewId: string, memory: MonitorMemory | null): void {
  keepInTab(placeOf(interviewId), memory);
}

export function readMemory(interviewId: string): MonitorMemory | undefined {
  return (readFromTab(placeOf(interviewId)) as MonitorMemory | null) ?? undefined;
}
