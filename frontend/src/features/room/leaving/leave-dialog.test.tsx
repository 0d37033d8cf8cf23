import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';

import { LeaveDialog } from './leave-dialog';

function ask(unsentBytes: number): void {
  const nothing = () => undefined;
  render(
    <LeaveDialog
      open
      safe
      busy={false}
      error={null}
      answered={1}
      unsentBytes={unsentBytes}
      onStay={nothing}
      onLeave={nothing}
      onFinish={nothing}
    />,
  );
}

afterEach(cleanup);

test('a recording that lags behind is spoken of', () => {
  ask(12_000_000);
  expect(screen.getByText(/^12 MB of the recording are still on their way/)).toBeDefined();
});

test('the last second, which is always under way, is not', () => {
  ask(80_000);
  expect(screen.queryByText(/still on their way/)).toBeNull();
});
