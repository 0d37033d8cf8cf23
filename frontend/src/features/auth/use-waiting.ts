import { useEffect, useState } from 'react';

import { ProblemError } from '@/api/problem';

/** Seconds left of the wait a throttled request was told; counts down. */
export function useWaiting(error: unknown): number {
  const [left, setLeft] = useState(0);
  const [seen, setSeen] = useState<unknown>(null);
  if (error !== seen) {
    setSeen(error);
    setLeft(error instanceof ProblemError && error.status === 429 ? Math.ceil(error.retryAfter ?? 0) : 0);
  }
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  return left;
}
