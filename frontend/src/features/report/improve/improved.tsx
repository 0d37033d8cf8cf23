import { Fragment, useState } from 'react';
import Button from 'react-bootstrap/Button';

import type { ImprovedAnswer } from '@/api/types';
import { Notice } from '@/components/notice';
import { providerName } from '@/lib/provider-name';

type Sentence = ImprovedAnswer['sentences'][number];

/** What came out, with the source of every sentence. */
export function Improved({ result }: { result: ImprovedAnswer }) {
  return result.kind === 'rewrite' ? <Rewrite result={result} /> : <Outline result={result} />;
}

function Rewrite({ result }: { result: ImprovedAnswer }) {
  return (
    <>
      <h4 className="review-heading">Your answer, in a better order</h4>
      <ol className="improved flush">
        {result.sentences.map((sentence, index) => (
          <li key={index}>
            <span className="said">{marked(sentence)}</span>
            <span className="improved-source">{sourceOf(sentence)}</span>
          </li>
        ))}
      </ol>
      <p className="flush small muted">
        Underlined words connect what you said and are not yours. Every number, name and quotation was checked
        against your answer and your facts. Rewritten by {providerName(result.provider)}; read it over before
        you use it.
      </p>
      <Copy text={result.sentences.map(({ text }) => text).join(' ')} />
    </>
  );
}

function Outline({ result }: { result: ImprovedAnswer }) {
  const own = result.outline.flatMap(({ lines }) => lines.map(({ text }) => text));
  return (
    <>
      {result.fallback_reason !== null && (
        <Notice title="This is an outline, not a rewrite.">{result.fallback_reason}.</Notice>
      )}
      <h4 className="review-heading">An outline from your own sentences</h4>
      <dl className="outline flush">
        {result.outline.map((slot) => (
          <div key={slot.id}>
            <dt>{slot.label}</dt>
            {slot.lines.map((line) => (
              <dd key={line.text}>
                <span className="said">{line.text}</span>
                <span className="improved-source">
                  {line.source === 'answer' ? 'from your answer' : 'from your facts'}
                </span>
              </dd>
            ))}
            {slot.ask !== null && <dd className="muted">Still empty: {slot.ask}</dd>}
          </div>
        ))}
      </dl>
      {own.length > 0 && <Copy text={own.join('\n')} />}
    </>
  );
}

function marked({ text, new_words }: Sentence) {
  const points = Array.from(text); // offsets count code points
  let at = 0;
  const parts = new_words.map(({ start, end, quote }) => {
    const before = points.slice(at, start).join('');
    at = end;
    return (
      <Fragment key={start}>
        {before}
        <u>{quote}</u>
      </Fragment>
    );
  });
  return [...parts, points.slice(at).join('')];
}

function sourceOf({ sources }: Sentence) {
  if (sources.length === 2) return 'from your answer and your facts';
  if (sources[0] === 'answer') return 'from your answer';
  return sources[0] === 'facts' ? 'from your facts' : 'connecting words';
}

function Copy({ text }: { text: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
    } catch {
      setState('failed');
    }
  };
  return (
    <div className="improve-actions">
      <Button variant="quiet" onClick={() => void copy()}>
        Copy the text
      </Button>
      <span role="status" className="small muted">
        {state === 'copied' && 'Copied.'}
        {state === 'failed' && 'The browser does not allow it. Select the text and copy it yourself.'}
      </span>
    </div>
  );
}
