import Dropdown from 'react-bootstrap/Dropdown';

import { useSaveReport } from '@/api/reports/save-report';
import { ProblemNotice } from '@/components/problem-notice';

/** The report as a file to keep: a menu of two kinds. The menu stays in place while a file is made. */
export function SaveReport({ interviewId }: { interviewId: string }) {
  const save = useSaveReport(interviewId);
  return (
    <div className="stack" style={{ '--gap': '1rem' } as React.CSSProperties}>
      <Dropdown>
        <Dropdown.Toggle variant="quiet" id="save-report" aria-disabled={save.isPending || undefined}>
          <span aria-live="polite">{save.isPending ? 'Making the file…' : 'Save report'}</span>
        </Dropdown.Toggle>
        <Dropdown.Menu aria-labelledby="save-report">
          <Dropdown.Item
            as="button"
            type="button"
            disabled={save.isPending}
            onClick={() => save.mutate('pdf')}
          >
            PDF, to print or send
          </Dropdown.Item>
          <Dropdown.Item
            as="button"
            type="button"
            disabled={save.isPending}
            onClick={() => save.mutate('md')}
          >
            Markdown, as plain text
          </Dropdown.Item>
        </Dropdown.Menu>
      </Dropdown>
      {save.isError && <ProblemNotice error={save.error} onRetry={() => save.mutate(save.variables)} />}
    </div>
  );
}
