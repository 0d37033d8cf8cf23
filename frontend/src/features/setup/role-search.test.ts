import { expect, test } from 'vitest';

import type { Role } from '@/api/types';

import { matchedAlias, searchRoles } from './role-search';

function role(id: string, title: string, aliases: string[] = [], skills: string[] = []): Role {
  return {
    id,
    title,
    summary: '',
    family: 'f',
    aliases,
    kinds: ['behavioural'],
    competencies: skills.map((label) => ({ id: label, label, description: '' })),
  };
}

const roles = [
  role('frontend', 'Frontend engineer', ['react developer'], ['Accessibility']),
  role('backend', 'Backend engineer', ['server-side developer', 'java developer']),
  role('pm', 'Product manager', ['product owner'], ['Prioritisation']),
  role('designer', 'Product designer', ['ux designer', 'ui/ux designer']),
];

const found = (typed: string) => searchRoles(roles, typed).map(({ id }) => id);

test('nothing typed shows all', () => {
  expect(found('  ')).toHaveLength(4);
});

test('titles come before other names, other names before skills', () => {
  expect(found('product')).toEqual(['pm', 'designer']);
  expect(found('product owner')).toEqual(['pm']);
  expect(found('accessib')).toEqual(['frontend']);
});

test('punctuation, case and accents do not matter', () => {
  expect(found('SERVER side')).toEqual(['backend']);
  expect(found('réact')).toEqual(['frontend']);
});

test('every word has to be found', () => {
  expect(found('product astronaut')).toEqual([]);
});

test('says which other name matched, unless the title did', () => {
  const manager = role('pm', 'Product manager', ['product owner']);
  expect(matchedAlias(manager, 'owner')).toBe('product owner');
  expect(matchedAlias(manager, 'product')).toBeNull();
});
