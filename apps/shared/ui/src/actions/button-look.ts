import { classes } from '../classes';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';
export type ButtonSize = 'md' | 'lg' | 'icon';

const base =
  'relative inline-flex shrink-0 cursor-pointer items-center justify-center rounded-md font-medium whitespace-nowrap no-underline ' +
  'transition-[background-color,border-color,color,box-shadow] duration-150 select-none ' +
  'data-disabled:cursor-not-allowed data-disabled:opacity-50 data-pending:cursor-progress';

const variants: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-on-accent shadow-card data-hovered:bg-accent-strong data-pressed:bg-accent-strong',
  secondary: 'border border-edge/60 bg-raised text-ink data-hovered:border-edge data-hovered:bg-sunken data-pressed:bg-sunken',
  quiet: 'text-ink data-hovered:bg-sunken data-pressed:bg-sunken',
  danger: 'border border-bad/50 bg-raised text-bad data-hovered:border-bad data-hovered:bg-bad-soft data-pressed:bg-bad-soft',
};

const sizes: Record<ButtonSize, string> = {
  md: 'min-h-11 px-4 text-base',
  lg: 'min-h-13 px-6 text-lg',
  icon: 'size-11',
};

export function buttonClasses(variant: ButtonVariant, size: ButtonSize): string {
  return classes(base, variants[variant], sizes[size]);
}
