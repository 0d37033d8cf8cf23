import './skeleton.css';

/** A line of the text that will come. Sizes in CSS units. */
export function SkeletonLine({ width = '100%', height = '1rem' }: { width?: string; height?: string }) {
  return <span className="skeleton" style={{ width, height }} aria-hidden="true" />;
}

/** Says to screen readers that something loads, and shows its shape to everyone else. */
export function Loading({ what, children }: { what: string; children: React.ReactNode }) {
  return (
    <div aria-busy="true">
      <p className="visually-hidden" role="status">
        Loading {what}…
      </p>
      {children}
    </div>
  );
}

/** The shape of a list of rows. */
export function SkeletonRows({ rows = 3 }: { rows?: number }) {
  return (
    <div className="stack" style={{ '--gap': '1.75rem' } as React.CSSProperties}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="stack" style={{ '--gap': '0.625rem' } as React.CSSProperties}>
          <SkeletonLine width={`${52 - row * 7}%`} height="1.125rem" />
          <SkeletonLine width={`${34 - row * 4}%`} height="0.875rem" />
        </div>
      ))}
    </div>
  );
}
