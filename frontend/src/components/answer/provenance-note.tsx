import type { AnswerAnalysis } from '@/api/types';
import { longDate } from '@/lib/format';
import { providerName } from '@/lib/provider-name';

/** Who judged, by which rules, and what that cannot know: in plain words. */
export function ProvenanceNote({ analysis }: { analysis: AnswerAnalysis }) {
  const { provenance } = analysis;
  return (
    <details className="provenance">
      <summary>How this was judged, and what it cannot know</summary>
      <div className="stack small" style={{ '--gap': '0.5rem' } as React.CSSProperties}>
        <p className="flush">
          Judged by {judge(provenance)} on {longDate(provenance.created_at)}. Levels are given with words from
          the answer as evidence; the figures are computed from the levels by fixed rules.
        </p>
        <dl className="flush provenance-facts">
          <dt>Rubric</dt>
          <dd>{provenance.rubric_version}</dd>
          {provenance.model !== null && (
            <>
              <dt>{provenance.provider === 'offline' ? 'Engine' : 'Model'}</dt>
              <dd>{provenance.model}</dd>
            </>
          )}
          {provenance.prompt_version !== null && (
            <>
              <dt>Prompt</dt>
              <dd>{provenance.prompt_version}</dd>
            </>
          )}
        </dl>
        {provenance.fallback_reason !== null && (
          <p className="flush">The built-in engine stepped in: {provenance.fallback_reason}</p>
        )}
        {analysis.limits.length > 0 && (
          <ul className="flush">
            {analysis.limits.map((limit) => (
              <li key={limit}>{limit}</li>
            ))}
          </ul>
        )}
      </div>
    </details>
  );
}

function judge({ provider }: AnswerAnalysis['provenance']): string {
  if (provider === 'offline') return 'the built-in engine, which needs no network';
  return providerName(provider);
}
