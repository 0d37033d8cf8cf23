import { useEffect, useId, useRef, useState, type DragEvent } from 'react';
import Button from 'react-bootstrap/Button';

import { readDocument } from '@/api/documents/read-document';
import { ProblemError } from '@/api/problem';
import type { DocumentText, DocumentUse } from '@/api/types';
import { ProblemNotice } from '@/components/problem-notice';
import { removedSentence } from './removed-words';

const longest = 12_000;
const largest = 5 * 1024 * 1024;
const types: Record<string, string> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  txt: 'text/plain',
};

interface Props {
  use: DocumentUse;
  label: string;
  hint: string;
  text: string;
  onChange: (text: string) => void;
}

type Reading =
  | { state: 'idle' }
  | { state: 'reading'; name: string; before: string }
  | { state: 'read'; name: string; before: string; found: DocumentText }
  | { state: 'failed'; error: unknown };

/** A text that is typed, pasted, or read from a file that is chosen or dropped. It can be edited before it is used. */
export function SourceText({ use, label, hint, text, onChange }: Props) {
  const id = useId();
  const [reading, setReading] = useState<Reading>({ state: 'idle' });
  const [over, setOver] = useState(false);
  const running = useRef<AbortController | null>(null);
  const chooser = useRef<HTMLInputElement>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function read(file: File): Promise<void> {
    running.current?.abort();
    const abort = new AbortController();
    running.current = abort;
    setReading({ state: 'reading', name: file.name, before: text });
    try {
      if (file.size > largest) throw new ProblemError('document-too-large', 413);
      // Not every system knows what a .docx is; the name says it as well.
      const type = types[file.name.split('.').pop()?.toLowerCase() ?? ''] ?? file.type;
      const found = await readDocument(file.slice(0, file.size, type), use, abort.signal);
      if (abort.signal.aborted) return;
      setReading({ state: 'read', name: file.name, before: text, found });
      onChange(found.text);
    } catch (error) {
      if (!abort.signal.aborted) setReading({ state: 'failed', error });
    }
  }

  function drop(event: DragEvent): void {
    const [file] = event.dataTransfer.files;
    setOver(false);
    if (file === undefined) return;
    event.preventDefault();
    void read(file);
  }

  const left = longest - text.length;
  return (
    // The button does the same for those who do not drag.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className="source-text"
      data-over={over || undefined}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <label htmlFor={id} className="tailoring-label">
        {label}
      </label>
      <p className="flush muted small" id={`${id}-hint`}>
        {hint} Paste it, or drop a PDF, Word or text file here.
      </p>
      <textarea
        id={id}
        className="form-control"
        rows={text === '' ? 3 : 8}
        value={text}
        maxLength={longest}
        aria-describedby={`${id}-hint`}
        readOnly={reading.state === 'reading'}
        onChange={(event) => onChange(event.target.value)}
      />
      <div className="row-wrap source-text-actions">
        <input
          ref={chooser}
          type="file"
          className="visually-hidden"
          tabIndex={-1}
          aria-hidden="true"
          accept=".pdf,.docx,.txt"
          onChange={(event) => {
            const file = event.target.files?.[0];
            // The same file may be chosen again after it was mended.
            event.target.value = '';
            if (file !== undefined) void read(file);
          }}
        />
        <Button
          variant="quiet"
          disabled={reading.state === 'reading'}
          onClick={() => chooser.current?.click()}
        >
          Choose a file<span className="visually-hidden"> for: {label}</span>
        </Button>
        {text !== '' && reading.state !== 'reading' && (
          <Button
            variant="words"
            onClick={() => {
              setReading({ state: 'idle' });
              onChange('');
            }}
          >
            Clear<span className="visually-hidden"> {label}</span>
          </Button>
        )}
        {left < 2_000 && <span className="muted small">{left.toLocaleString('en')} characters left</span>}
      </div>
      <div role="status" className="small">
        {reading.state === 'reading' && <p className="flush muted">Reading {reading.name}…</p>}
        {reading.state === 'read' && (
          <p className="flush">
            {reading.name} was read.{' '}
            {removedSentence(reading.found.removed) ?? 'Nothing personal was found in it.'}{' '}
            {reading.found.truncated && 'It is longer than 12,000 characters; the end was left off. '}
            Look it over and change what you like.
          </p>
        )}
      </div>
      {reading.state === 'read' && reading.before !== '' && (
        <div>
          <Button
            variant="words"
            onClick={() => {
              onChange(reading.before);
              setReading({ state: 'idle' });
            }}
          >
            Bring back the text that was here before
          </Button>
        </div>
      )}
      {reading.state === 'failed' && <ProblemNotice error={reading.error} />}
    </div>
  );
}
