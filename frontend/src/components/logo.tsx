/** An opening quotation mark with the coach's marker under it. */
export function LogoMark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect x="3" y="22" width="26" height="6" rx="3" fill="var(--ik-honey)" />
      <path
        d="M14 5c-5.2 1.3-9 5.5-9 11 0 3.2 1.9 5.2 4.5 5.2 2.4 0 4.2-1.7 4.2-4 0-2.2-1.5-3.8-3.6-3.8-.4 0-.8 0-1.1.2.4-2.6 2.7-4.9 5.8-6L14 5ZM27 5c-5.2 1.3-9 5.5-9 11 0 3.2 1.9 5.2 4.5 5.2 2.4 0 4.2-1.7 4.2-4 0-2.2-1.5-3.8-3.6-3.8-.4 0-.8 0-1.1.2.4-2.6 2.7-4.9 5.8-6L27 5Z"
        fill="var(--ik-accent)"
      />
    </svg>
  );
}

export function Logo() {
  return (
    <span className="logo">
      <LogoMark />
      <span>Interview Kit</span>
    </span>
  );
}
