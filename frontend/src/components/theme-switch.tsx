import Button from 'react-bootstrap/Button';

import { chooseTheme, useThemeChoice, type ThemeChoice } from '@/lib/theme';

import { Icon, type IconName } from './icon';

const order: Record<ThemeChoice, { label: string; icon: IconName; next: ThemeChoice }> = {
  system: { label: 'like the system', icon: 'system', next: 'light' },
  light: { label: 'light', icon: 'sun', next: 'dark' },
  dark: { label: 'dark', icon: 'moon', next: 'system' },
};

/** One press goes on: like the system, light, dark. */
export function ThemeSwitch() {
  const choice = useThemeChoice();
  const { label, icon, next } = order[choice];
  return (
    <>
      <Button
        variant="words"
        className="icon-button"
        aria-label={`Theme: ${label}. Change to ${order[next].label}.`}
        title={`Theme: ${label}`}
        onClick={() => chooseTheme(next)}
      >
        <Icon name={icon} />
      </Button>
      <span className="visually-hidden" role="status">
        Theme {label}
      </span>
    </>
  );
}
