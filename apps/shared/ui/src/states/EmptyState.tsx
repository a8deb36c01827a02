import type { ReactNode } from 'react';

export interface EmptyStateProps {
  /** Size 32, stroke 1.5. */
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  /** The next step: a button or a link. */
  action?: ReactNode;
}

/** Where a list would be: why there is nothing, and what to do next. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center rounded-lg border border-dashed border-edge/50 px-6 py-14 text-center">
      {icon !== undefined && <div className="mb-4 grid size-16 place-items-center rounded-full bg-accent-soft text-accent">{icon}</div>}
      <p className="font-serif text-xl font-semibold text-balance">{title}</p>
      {children !== undefined && <div className="mt-2 max-w-md text-balance text-ink-2">{children}</div>}
      {action !== undefined && <div className="mt-6">{action}</div>}
    </div>
  );
}
