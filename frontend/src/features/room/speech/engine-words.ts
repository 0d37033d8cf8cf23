import type { SpeechFacts, SpeechOption, SpeechStatus } from '@/lib/speech/types';

/** Where the voice goes, as the end of a sentence. */
export function goesTo({ goesTo: where }: Pick<SpeechFacts, 'goesTo'>): string {
  switch (where) {
    case 'this device':
      return 'your voice stays on this device';
    case 'this server':
      return 'your voice goes to this server';
    case 'your browser’s maker':
      return 'your voice goes to your browser’s maker';
    case null:
      return '';
  }
}

export const statusWords: Record<SpeechStatus, string> = {
  idle: '',
  starting: 'Starting the microphone…',
  listening: 'Listening',
  thinking: 'Listening, take your time',
  finishing: 'Writing down the last words…',
  failed: '',
};

/** Whether the microphone is open, or about to be. */
export function isOpen(status: SpeechStatus): boolean {
  return status === 'starting' || status === 'listening' || status === 'thinking';
}

export function engineName({ engine, needsInstall }: SpeechOption): string {
  switch (engine) {
    case 'on_device':
      return `This device${needsInstall ? ' (downloads a model first)' : ''}: the voice never leaves it`;
    case 'server':
      return 'This server, after each pause';
    case 'browser':
      return 'The browser’s own, at once: the voice goes to its maker';
    case 'none':
      return 'None, I type';
  }
}
