import type { DocumentText } from '@/api/types';
import { plural } from '@/lib/format';

const words: Record<DocumentText['removed'][number]['kind'], string> = {
  email: 'e-mail address',
  phone: 'telephone number',
  link: 'link',
  name: 'line with a name',
  address: 'address',
  school: 'school',
  personal_detail: 'personal detail',
};

/** What was taken out of a text, as a sentence; null when nothing was. */
export function removedSentence(removed: DocumentText['removed']): string | null {
  if (removed.length === 0) return null;
  return `Taken out: ${removed.map(({ kind, count }) => said(words[kind], count)).join(', ')}.`;
}

function said(word: string, count: number): string {
  if (count > 1 && word.startsWith('line')) return `${count} lines with a name`;
  return count > 1 && word.endsWith('ss') ? `${count} ${word}es` : plural(count, word);
}
