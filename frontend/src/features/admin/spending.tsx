import type { AiSpending } from '@/api/types';
import { count, dollars, plural } from '@/lib/format';

/** What the AI was asked and what that cost, as far as anybody knows. */
export function Spending({ spending }: { spending: AiSpending }) {
  const {
    requests,
    input_tokens: read,
    output_tokens: written,
    cost_usd: cost,
    without_cost: unknown,
  } = spending;
  if (requests === 0) return <>No AI was asked</>;
  return (
    <>
      {cost === null ? 'Cost not known' : `About ${dollars(Number(cost))}`}
      <span className="second-line">
        {plural(requests, 'request', 'requests')}, {count(read)} tokens read, {count(written)} written
      </span>
      {unknown > 0 && cost !== null && (
        <span className="second-line">{plural(unknown, 'request', 'requests')} without a known price</span>
      )}
    </>
  );
}
