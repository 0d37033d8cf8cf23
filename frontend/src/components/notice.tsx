import type { ReactNode } from 'react';

import './notice.css';

import { Icon, type IconName } from './icon';

const icons: Record<'problem' | 'notice' | 'good', IconName> = {
  problem: 'alert',
  notice: 'alert',
  good: 'check',
};

interface Props {
  tone?: 'problem' | 'notice' | 'good';
  title: string;
  children?: ReactNode;
  /** Buttons or links that do what the text says. */
  action?: ReactNode;
  /** `alert` interrupts a screen reader; without it the notice is read in its place. */
  urgent?: boolean;
}

export function Notice({ tone = 'notice', title, children, action, urgent = false }: Props) {
  return (
    <div className={`notice notice-${tone}`} role={urgent ? 'alert' : undefined}>
      <Icon name={icons[tone]} />
      <div className="notice-text">
        <strong>{title}</strong>
        {children !== undefined && <div>{children}</div>}
        {action !== undefined && <div className="notice-action">{action}</div>}
      </div>
    </div>
  );
}
