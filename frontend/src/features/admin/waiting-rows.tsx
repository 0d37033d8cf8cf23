import { SkeletonLine } from '@/components/skeleton';

import './table.css';

const names = ['62%', '48%', '70%', '55%', '66%', '44%'];
const gap = (size: string) => ({ '--gap': size }) as React.CSSProperties;

/** The rows of a table while they are on their way; `columns` are the widths behind the first. */
export function WaitingTableRows({ columns }: { columns: string[] }) {
  return names.map((name) => (
    <tr key={name}>
      {[name, ...columns].map((width, index) => (
        <td key={index}>
          <span className="stack" style={gap('0.5rem')}>
            <SkeletonLine width={width} />
            <SkeletonLine width="40%" height="0.75rem" />
          </span>
        </td>
      ))}
    </tr>
  ));
}

/** The items of a list while they are on their way; `lines` are the widths below the first. */
export function WaitingListItems({ lines }: { lines: string[] }) {
  return names.map((name) => (
    <li key={name}>
      <span className="stack" style={gap('0.625rem')}>
        <SkeletonLine width={name} />
        {lines.map((width) => (
          <SkeletonLine key={width} width={width} height="0.875rem" />
        ))}
      </span>
    </li>
  ));
}
