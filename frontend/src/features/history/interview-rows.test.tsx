import { cleanup, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { afterEach, expect, test } from 'vitest';

import type { InterviewSummary } from '@/api/types';

import { InterviewRows } from './interview-rows';
import { NextThing } from './next-thing';

afterEach(cleanup);

const seen: InterviewSummary = {
  id: 'i1',
  status: 'completed',
  role: { id: 'r', title: 'Role', family: 'f' },
  level: { id: 'l', label: 'Level' },
  question_count: 3,
  answered: 3,
  created_at: '2026-01-01T10:00:00Z',
  completed_at: '2026-01-01T10:20:00Z',
  report_status: 'done',
  report_revealed: true,
  overall: { value: 3.4, band: 'solid' },
};
const unseen: InterviewSummary = { ...seen, report_revealed: false, overall: null };

function show(interview: InterviewSummary) {
  cleanup();
  render(
    <MemoryRouter>
      <NextThing latest={interview} />
      <InterviewRows interviews={[interview]} />
    </MemoryRouter>,
  );
}

test('a report that waits for ratings says so, and a report that was seen shows its figure', () => {
  show(unseen);
  expect(screen.getByText('Rate your answers')).toBeDefined();
  expect(screen.getByRole('link', { name: 'Open the report' }).getAttribute('href')).toBe(
    '/interviews/i1/report',
  );
  expect(screen.queryByText('solid')).toBeNull();
  show(seen);
  expect(screen.queryByText('Rate your answers')).toBeNull();
  expect(screen.getByText('Your latest report')).toBeDefined();
  expect(screen.getAllByText('solid').length).toBeGreaterThan(0);
});

test('what is still being read is not asked for ratings in a list', () => {
  show({ ...unseen, report_status: 'pending' });
  expect(screen.getByText('Being read')).toBeDefined();
  expect(screen.queryByText('Rate your answers')).toBeNull();
  show({ ...unseen, status: 'in_progress', report_status: 'none' });
  expect(screen.getByText('Go on')).toBeDefined();
});
