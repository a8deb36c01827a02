import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { FieldError as AriaFieldError, Label as AriaLabel, Text } from 'react-aria-components';

import { classes } from '../classes';

/** What all fields take. `errorMessage` shows when the field is invalid; without it, the browser's own message does. */
export interface FieldTexts {
  label: string;
  description?: ReactNode;
  errorMessage?: string;
  className?: string;
}

export const fieldClasses = 'flex flex-col gap-1.5';

export const inputClasses =
  'min-h-11 w-full min-w-0 rounded-md border border-edge/70 bg-raised px-3 py-2 text-base text-ink ' +
  'placeholder:text-ink-2 data-hovered:border-edge data-invalid:border-bad data-disabled:opacity-50';

/** Around an input with something beside it: the box has the border, the input has none. */
export const groupClasses =
  'flex min-h-11 w-full min-w-0 items-center rounded-md border border-edge/70 bg-raised text-ink data-hovered:border-edge ' +
  'data-invalid:border-bad data-disabled:opacity-50 data-focus-visible:outline-3 data-focus-visible:outline-offset-2 data-focus-visible:outline-focus';

export const bareInputClasses = 'min-h-11 min-w-0 grow bg-transparent px-3 text-base outline-none placeholder:text-ink-2';

export function FieldLabel({ children, hidden = false }: { children: ReactNode; hidden?: boolean }) {
  return <AriaLabel className={classes('text-sm font-medium text-ink', hidden && 'sr-only')}>{children}</AriaLabel>;
}

/** Under the input: what is expected, and what is wrong. */
export function FieldNotes({ description, errorMessage }: Pick<FieldTexts, 'description' | 'errorMessage'>) {
  return (
    <>
      {description !== undefined && (
        <Text slot="description" className="text-sm text-ink-2">
          {description}
        </Text>
      )}
      <AriaFieldError className="flex items-start gap-1.5 text-sm font-medium text-bad">
        {({ validationErrors }) => (
          <>
            <CircleAlert size={16} aria-hidden className="mt-0.5 shrink-0" />
            <span>{errorMessage ?? validationErrors.join(' ')}</span>
          </>
        )}
      </AriaFieldError>
    </>
  );
}
