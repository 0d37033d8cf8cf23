import type { ReviewedAnswer, ReviewedRow } from '@/api/types';

/** Where an interview stands. */
export const statusWords: Record<ReviewedRow['status'], string> = {
  preparing: 'Being prepared',
  ready: 'Ready to begin',
  in_progress: 'Under way',
  completed: 'Completed',
  abandoned: 'Left',
};

/** Where its report stands. */
export const reportWords: Record<ReviewedRow['report_status'], string> = {
  none: 'No report',
  pending: 'Report awaited',
  done: 'Report ready',
  partial: 'Report in part',
  insufficient: 'No overall score',
  failed: 'Report failed',
};

/** Where the analysis of one answer stands. */
export const analysisWords: Record<ReviewedAnswer['analysis_status'], string> = {
  queued: 'Waiting to be read',
  running: 'Being read',
  done: 'Analysed',
  partial: 'Analysed in part',
  insufficient: 'Not scored',
  failed: 'Not analysed',
};

/** Name, else address; both are unknown until the news of the account has arrived. */
export function candidateName({ display_name, email }: ReviewedRow['candidate']): string {
  return display_name ?? email ?? 'Name not known yet';
}

/** "system_design" → "System design". */
export function kindWords(kind: string): string {
  return capital(kind.replaceAll('_', ' '));
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
