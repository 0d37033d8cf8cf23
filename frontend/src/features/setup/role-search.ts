import type { Role } from '@/api/types';

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}+&/]+/gu, ' ')
    .trim();
}

/**
 * Roles whose title, other names or skills hold every word typed, best first: the start of a title before the
 * middle of it, a title before another name, another name before a skill.
 */
export function searchRoles(roles: readonly Role[], typed: string): Role[] {
  const words = plain(typed).split(' ').filter(Boolean);
  if (words.length === 0) return [...roles];
  const scored = roles.flatMap((role) => {
    const title = ` ${plain(role.title)}`;
    const aliases = role.aliases.map((alias) => ` ${plain(alias)}`);
    const skills = role.competencies.map(({ label }) => ` ${plain(label)}`);
    const rank = (word: string): number => {
      if (title.startsWith(` ${word}`)) return 0;
      if (title.includes(` ${word}`)) return 1;
      if (aliases.some((alias) => alias.includes(` ${word}`))) return 2;
      if (title.includes(word) || aliases.some((alias) => alias.includes(word))) return 3;
      return skills.some((skill) => skill.includes(` ${word}`)) ? 4 : Infinity;
    };
    const worst = Math.max(...words.map(rank));
    return worst === Infinity ? [] : [{ role, worst, sum: words.reduce((sum, word) => sum + rank(word), 0) }];
  });
  return scored.sort((a, b) => a.worst - b.worst || a.sum - b.sum).map(({ role }) => role);
}

/** The other name that made a role match, when its title did not. */
export function matchedAlias(role: Role, typed: string): string | null {
  const words = plain(typed).split(' ').filter(Boolean);
  if (words.length === 0 || words.every((word) => plain(role.title).includes(word))) return null;
  return role.aliases.find((alias) => words.every((word) => plain(alias).includes(word))) ?? null;
}
