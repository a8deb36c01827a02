/** The name of the platform with its sign, a temple front; `product` is the app beside it. */
export function Wordmark({ product }: { product?: string | undefined }) {
  return (
    <span className="inline-flex min-w-0 items-center gap-2.5">
      <svg viewBox="0 0 32 32" width="30" height="30" aria-hidden className="shrink-0">
        <rect width="32" height="32" rx="8" className="fill-accent" />
        <g fill="none" strokeWidth="2.2" strokeLinecap="round" strokeLinejoin="round" className="stroke-on-accent">
          <path d="M6.5 12.5 16 6.5l9.5 6z" />
          <path d="M10 16v6.5M16 16v6.5M22 16v6.5M7.5 25.5h17" />
        </g>
      </svg>
      <span className="font-serif text-xl font-semibold tracking-tight text-ink">Lyceum</span>
      {product !== undefined && <span className="min-w-0 truncate border-s border-line ps-2.5 text-sm text-ink-2">{product}</span>}
    </span>
  );
}
