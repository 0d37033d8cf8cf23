/** What a file of WebM begins with. */
const webmFile = [0x1a, 0x45, 0xdf, 0xa3];
/** Behind the four bytes of its size. */
const mp4File = [0x66, 0x74, 0x79, 0x70]; // "ftyp"
/** A beginning is a few hundred bytes; what is longer and has no picture yet is not waited for. */
const longestHead = 4096;

/** What a cluster of WebM, or a fragment of MP4, begins with. */
const webmCluster = [0x1f, 0x43, 0xb6, 0x75];
const mp4Fragment = [0x6d, 0x6f, 0x6f, 0x66]; // "moof", behind the four bytes of its size

/** Where the first pictures of these bytes begin; null when there is no beginning in them. */
function pictures(data: ArrayBuffer, contentType: string): number | null {
  const bytes = new Uint8Array(data);
  const mp4 = contentType.startsWith('video/mp4');
  const mark = mp4 ? mp4Fragment : webmCluster;
  for (let at = bytes.indexOf(mark[0] ?? 0); at !== -1; at = bytes.indexOf(mark[0] ?? 0, at + 1)) {
    if (mark.every((byte, index) => bytes[at + index] === byte)) return mp4 ? Math.max(0, at - 4) : at;
  }
  return null;
}

/**
 * Whether these first bytes of a file break off before its first picture. Chromium hands its first slice over in the
 * middle of the header, as a single byte even, when the encoder was slow to start.
 */
export function isOnlyBeginning(data: ArrayBuffer, contentType: string): boolean {
  if (data.byteLength >= longestHead) return false;
  const mp4 = contentType.startsWith('video/mp4');
  const bytes = new Uint8Array(data, 0, Math.min(data.byteLength, mp4 ? 8 : 4));
  const from = mp4 ? 4 : 0;
  const begins = (mp4 ? mp4File : webmFile).every(
    (byte, index) => from + index >= bytes.length || bytes[from + index] === byte,
  );
  return begins && pictures(data, contentType) === null;
}

/** What a player needs before the first picture, from a recording's first chunk. A few hundred bytes. */
export function headOf(first: ArrayBuffer, contentType: string): ArrayBuffer {
  return first.slice(0, pictures(first, contentType) ?? first.byteLength);
}

/** The later chunks of a recording as a file of its own: the head, then everything from the first whole group of pictures on. */
export function restFile(head: ArrayBuffer, chunks: readonly ArrayBuffer[], contentType: string): Blob {
  for (const [index, chunk] of chunks.entries()) {
    const from = pictures(chunk, contentType);
    if (from === null) continue;
    return new Blob([head, chunk.slice(from), ...chunks.slice(index + 1)], { type: contentType });
  }
  return new Blob([head, ...chunks], { type: contentType });
}
