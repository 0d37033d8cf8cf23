/** What an interview is to be about, while it is being set up. */
export interface TailoringDraft {
  jobDescription: string;
  resume: string;
  focus: string[];
  useHistory: boolean;
}

export const nothingBrought: TailoringDraft = {
  jobDescription: '',
  resume: '',
  focus: [],
  useHistory: false,
};

// In the tab only, and for one account only: a résumé must not wait for whoever uses this browser next.
const place = 'ik-tailoring';

/** The draft of this account in this tab; what another account has left is dropped. */
export function readTailoring(owner: string): TailoringDraft {
  try {
    const kept = JSON.parse(sessionStorage.getItem(place) ?? 'null') as
      (Partial<TailoringDraft> & { owner?: string }) | null;
    if (kept?.owner === owner)
      return {
        jobDescription: kept.jobDescription ?? '',
        resume: kept.resume ?? '',
        focus: kept.focus ?? [],
        useHistory: kept.useHistory ?? false,
      };
  } catch {
    // Switched off, or not ours: begin anew.
  }
  forgetTailoring();
  return nothingBrought;
}

/** Keeps the draft for a reload. */
export function keepTailoring(owner: string, draft: TailoringDraft): void {
  try {
    sessionStorage.setItem(place, JSON.stringify({ owner, ...draft }));
  } catch {
    // Switched off or full: it lasts as long as the page.
  }
}

/** Leaves nothing of it behind. */
export function forgetTailoring(): void {
  try {
    sessionStorage.removeItem(place);
  } catch {
    // Switched off: there is nothing.
  }
}

/** Whether anything was brought along. */
export function isTailored(draft: TailoringDraft): boolean {
  return (
    draft.jobDescription.trim() !== '' ||
    draft.resume.trim() !== '' ||
    draft.focus.length > 0 ||
    draft.useHistory
  );
}
