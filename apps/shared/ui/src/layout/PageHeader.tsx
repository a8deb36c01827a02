import type { ReactNode } from 'react';

export interface PageHeaderProps {
  title: ReactNode;
  /** Above the title: breadcrumbs or a back link. */
  above?: ReactNode;
  /** A sentence below it. */
  lead?: ReactNode;
  /** The page's actions, the main one last. */
  actions?: ReactNode;
}

/** The head of a page. Its `h1` takes the focus when the route changes. */
export function PageHeader({ title, above, lead, actions }: PageHeaderProps) {
  return (
    <header className="mb-8">
      {above !== undefined && <div className="mb-3">{above}</div>}
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div className="min-w-0">
          <h1 tabIndex={-1} className="text-3xl sm:text-4xl">
            {title}
          </h1>
          {lead !== undefined && <div className="mt-2 max-w-reading text-lg text-pretty text-ink-2">{lead}</div>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap gap-3">{actions}</div>}
      </div>
    </header>
  );
}
