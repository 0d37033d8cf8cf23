/** How far the server's clock is ahead of ours, in ms, learnt from the Date header of its answers (whole seconds). */
let skew = 0;

export function learnServerTime(dateHeader: string | null, now = Date.now()): void {
  if (dateHeader === null) return;
  const server = Date.parse(dateHeader);
  if (Number.isNaN(server)) return;
  const measured = server - now;
  // The header is cut to the second and travels for a while: only a real difference counts.
  skew = Math.abs(measured) > 2500 ? measured : 0;
}

/** Now by the server's clock, in ms since 1970. */
export function serverNow(): number {
  return Date.now() + skew;
}
