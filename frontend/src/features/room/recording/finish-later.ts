import { resumeRecordings } from '@/lib/recording/resume';

import { restTransport } from './transport';

let end: (() => void) | null = null;

/** Goes on sending what is left of a recording after its room was left, until nothing is. */
export function finishLater(owner: string): void {
  end?.();
  end = resumeRecordings(owner, restTransport, ({ recordings }) => {
    if (recordings > 0) return;
    end?.();
    end = null;
  });
}
