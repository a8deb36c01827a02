import { Card } from '@lyceum/ui';
import { useId, type ReactNode } from 'react';

/** A part of a page of settings, on a sheet of its own. */
export function Section({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  const id = useId();
  return (
    <Card as="section" className="mb-6 p-5 sm:p-8">
      <div role="group" aria-labelledby={id}>
        <h2 id={id} className="text-xl">
          {title}
        </h2>
        {lead !== undefined && <p className="mt-1 text-ink-2">{lead}</p>}
        <div className="mt-5">{children}</div>
      </div>
    </Card>
  );
}
