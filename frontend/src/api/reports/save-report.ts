import { useMutation } from '@tanstack/react-query';

import { client } from '@/api/client';
import { ProblemError } from '@/api/problem';

export type ReportFile = 'pdf' | 'md';

const paths = {
  pdf: '/api/reports/{interview_id}/export.pdf',
  md: '/api/reports/{interview_id}/export.md',
} as const;

/** Fetches a report as a file and hands it to the browser to keep. A failure is told here and not on a page of its own. */
export function useSaveReport(interviewId: string) {
  return useMutation({
    mutationFn: async (kind: ReportFile) => {
      const { data, response } = await client.GET(paths[kind], {
        params: { path: { interview_id: interviewId } },
        parseAs: 'blob',
      });
      if (!(data instanceof Blob)) throw new ProblemError('empty-response', 502);
      keep(data, nameIn(response.headers.get('Content-Disposition')) ?? `interview-report.${kind}`);
    },
  });
}

function keep(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the file after the click; a minute is long enough and keeps nothing for good.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** The full name where there is one, else the one in ASCII (RFC 6266). */
function nameIn(disposition: string | null): string | null {
  const full = /filename\*=UTF-8''([^;]+)/.exec(disposition ?? '')?.[1];
  if (full !== undefined) return decodeURIComponent(full);
  return /filename="([^"]+)"/.exec(disposition ?? '')?.[1] ?? null;
}
