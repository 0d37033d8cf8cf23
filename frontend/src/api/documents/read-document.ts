import { bodyOf, bytesOf, client } from '@/api/client';
import type { DocumentUse } from '@/api/types';

/** Has the text of a file read. The server keeps neither the file nor the text. */
export function readDocument(file: Blob, use: DocumentUse, signal: AbortSignal) {
  return bodyOf(client.POST('/api/documents/text', { params: { query: { use } }, ...bytesOf(file), signal }));
}
