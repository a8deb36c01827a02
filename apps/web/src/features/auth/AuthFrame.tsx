import { PageBody, PageHeader } from '@lyceum/ui';
import type { ReactNode } from 'react';

export interface AuthFrameProps {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
  /** Below the sheet: the way to a neighbouring page. */
  footer?: ReactNode;
}

/** A page with one form on a sheet. */
export function AuthFrame({ title, lead, children, footer }: AuthFrameProps) {
  return (
    <PageBody width="form">
      <PageHeader title={title} lead={lead} />
      <div className="rounded-lg border border-line bg-raised p-5 shadow-card sm:p-8">{children}</div>
      {footer !== undefined && <p className="mt-6 text-center text-ink-2">{footer}</p>}
    </PageBody>
  );
}
