export const popoverClasses =
  'overflow-auto rounded-md border border-line bg-raised text-ink shadow-overlay outline-none ' +
  'data-entering:animate-rise data-exiting:opacity-0';

export const itemClasses =
  'flex min-h-11 cursor-pointer items-center gap-3 rounded-sm px-3 py-2 text-base outline-none ' +
  'data-focused:bg-accent-soft data-disabled:cursor-not-allowed data-disabled:opacity-50';
