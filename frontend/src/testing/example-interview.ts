import type { Interview, InterviewQuestion } from '@/api/types';

/** An interview in progress for tests: two questions, the first one open. */
export function exampleInterview(more: Partial<Interview> = {}): Interview {
  return {
    id: 'i1',
    version: 5,
    status: 'in_progress',
    role: { id: 'backend-engineer', title: 'Backend engineer', family: 'software-engineering' },
    level: { id: 'mid', label: 'Mid-level' },
    question_count: 2,
    kinds: [],
    allow_fallback: true,
    follow_ups: 0,
    tailored_to: null,
    preparation: { stage: 'done', message: null, since: '2026-01-01T10:00:00Z' },
    question_source: { provider: 'bank', model: null, fallback_reason: null },
    created_at: '2026-01-01T10:00:00Z',
    ready_at: '2026-01-01T10:00:00Z',
    started_at: '2026-01-01T10:00:00Z',
    completed_at: null,
    current_question_id: 'q1',
    questions: [
      exampleQuestion(1, {
        status: 'asked',
        text: 'Which bug taught you the most?',
        asked_at: '2026-01-01T10:00:00Z',
      }),
      exampleQuestion(2),
    ],
    report_status: 'none',
    report_revealed: false,
    consents: [],
    ...more,
  };
}

export function exampleQuestion(position: number, more: Partial<InterviewQuestion> = {}): InterviewQuestion {
  return {
    id: `q${position}`,
    position,
    kind: 'behavioural',
    competency: { id: 'debugging', label: 'Debugging' },
    difficulty: 2,
    status: 'upcoming',
    text: null,
    suggested_seconds: 150,
    because: null,
    asked_at: null,
    submitted_at: null,
    draft: null,
    answer: null,
    speech: [],
    follow_up: null,
    follow_ups: [],
    ...more,
  };
}
