import type { AnswerAnalysis } from '@/api/types';
import { longDate } from '@/lib/format';

/** Who judged, by which rules, and what that cannot know: in plain words. */
export function ProvenanceNote({ analysis }: { analysis: AnswerAnalysis }) {
  const { provenance } = analysis;
  return (
    <details className="provenance">
      <summary>How this was judged, and what it cannot know</summary>
      <div className="stack small" style={{ '--gap': '0.5rem' } as React.CSSProperties}>
        <p className="flush">
          Judged by {judge(provenance)} with the rubric {provenance.rubric_version} on{' '}
          {longDate(provenance.created_at)}. Levels are given with words from the answer as evidence; the
          figures are computed from the levels by fixed rules.
        </p>
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

function judge({ provider, model }: AnswerAnalysis['provenance']): string {
  if (provider === 'offline') return 'the built-in engine, which needs no network';
  if (provider === 'openai') return `${model ?? 'a model'} on a server that speaks OpenAI's protocol`;
  const name = provider.charAt(0).toUpperCase() + provider.slice(1);
  return model === null ? name : `${name} (${model})`;
}
