import { renderHook, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';

import { readCapabilities } from '@/lib/capabilities';

import { useCapabilities } from './use-capabilities';

vi.mock(import('@/lib/capabilities'), async (original) => {
  const real = await original();
  return { ...real, readCapabilities: vi.fn(real.readCapabilities) };
});

test('the next question knows at once what the one before had asked', async () => {
  const first = renderHook(useCapabilities);
  expect(first.result.current).toBeNull();
  await waitFor(() => expect(first.result.current).not.toBeNull());
  first.unmount();
  const seen: unknown[] = [];
  renderHook(() => seen.push(useCapabilities()));
  expect(seen[0]).toBe(first.result.current);
  expect(readCapabilities).toHaveBeenCalledOnce();
});
