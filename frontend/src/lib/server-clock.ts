/** How far the server's clock is ahead of ours, in ms, learnt from the Date header of its answers (whole seconds). */
let skew = 0;
/** The header is cut to the second and travels for a while: only more than this is a real difference. */
const precision = 2500;

export function learnServerTime(dateHeader: string | null, now = Date.now()): void {
  if (dateHeader === null) return;
  const server = Date.parse(dateHeader);
  if (Number.isNaN(server)) return;
  const measured = server - now;
  // What is known stays until an answer contradicts it, so that two times taken one after the other can be compared.
  if (Math.abs(measured - skew) <= precision) return;
  skew = Math.abs(measured) > precision ? measured : 0;
}

/** What the server's clock showed when ours showed `at`; both in ms since 1970. */
export function serverTime(at: number): number {
  return at + skew;
}

/** Now by the server's clock, in ms since 1970. */
export function serverNow(): number {
  return serverTime(Date.now());
}
