/** Every address of the app, in one place. */
export const paths = {
  landing: '/',
  signUp: '/signup',
  logIn: '/login',
  home: '/home',
  newInterview: '/interviews/new',
  interview: (id: string) => `/interviews/${id}`,
  report: (id: string) => `/interviews/${id}/report`,
  history: '/history',
  account: '/account',
  admin: '/admin',
  adminInterviews: '/admin/interviews',
  adminInterview: (id: string) => `/admin/interviews/${id}`,
  adminCandidates: '/admin/candidates',
  adminBank: '/admin/bank',
  adminBankNew: '/admin/bank/new',
  adminBankQuestion: (id: string) => `/admin/bank/questions/${id}`,
  adminRubric: (id: string) => `/admin/bank/rubrics/${id}`,
};

/** `next` keeps where someone was going while they log in. Only addresses inside the app are followed. */
export function withNext(path: string, next: string): string {
  return next === paths.home || next === paths.landing ? path : `${path}?next=${encodeURIComponent(next)}`;
}

export function safeNext(next: string | null): string | null {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : null;
}
