import { useTranslation } from '@lyceum/i18n';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay, type ModalOverlayProps } from 'react-aria-components';

import { Button, IconButton } from '../actions/Button';
import { classes } from '../classes';

const overlayClasses = 'fixed inset-0 z-40 grid place-items-center overflow-y-auto bg-scrim p-4 data-entering:animate-appear data-exiting:opacity-0';
const modalClasses = 'w-full rounded-lg border border-line bg-raised text-ink shadow-overlay data-entering:animate-rise';
const widths = { sm: 'max-w-md', md: 'max-w-2xl', lg: 'max-w-4xl' };

export interface DialogProps extends Pick<ModalOverlayProps, 'isOpen' | 'onOpenChange' | 'isDismissable'> {
  title: string;
  /** A function gets what closes the dialog. */
  children: ReactNode | ((close: () => void) => ReactNode);
  /** Buttons, the main one last. */
  footer?: (close: () => void) => ReactNode;
  width?: keyof typeof widths;
}

/** A window over the page. Works inside a DialogTrigger, or with `isOpen`. The focus stays in it, and goes back when it closes. */
export function Dialog({ title, children, footer, width = 'sm', isDismissable = true, ...rest }: DialogProps) {
  const { t } = useTranslation('ui');
  return (
    <ModalOverlay {...rest} isDismissable={isDismissable} className={overlayClasses}>
      <Modal className={classes(modalClasses, widths[width])}>
        <AriaDialog className="flex flex-col outline-none">
          {({ close }) => (
            <>
              <header className="flex items-start gap-4 px-6 pt-5 pb-3">
                <Heading slot="title" className="grow pt-1.5 text-xl">
                  {title}
                </Heading>
                <IconButton label={t('dialog.close')} onPress={close} className="-me-3">
                  <X size={20} aria-hidden />
                </IconButton>
              </header>
              <div className="px-6 pb-6">{typeof children === 'function' ? children(close) : children}</div>
              {footer && <footer className="flex flex-wrap justify-end gap-3 border-t border-line px-6 py-4">{footer(close)}</footer>}
            </>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export interface AlertDialogProps extends Pick<ModalOverlayProps, 'isOpen' | 'onOpenChange'> {
  title: string;
  children: ReactNode;
  /** What the main button says: the verb of what happens. */
  action: string;
  tone?: 'plain' | 'danger';
  isPending?: boolean;
  /** Gets what closes the dialog: it stays open until then, so that a failure can be shown in it. */
  onAction: (close: () => void) => void;
}

/** Asks before something that cannot easily be undone. It does not close by a click beside it. */
export function AlertDialog({ title, children, action, tone = 'plain', isPending = false, onAction, ...rest }: AlertDialogProps) {
  const { t } = useTranslation('ui');
  return (
    <ModalOverlay {...rest} className={overlayClasses}>
      <Modal className={classes(modalClasses, widths.sm)}>
        <AriaDialog role="alertdialog" className="flex flex-col gap-3 p-6 outline-none">
          {({ close }) => (
            <>
              <Heading slot="title" className="text-xl">
                {title}
              </Heading>
              <div className="text-ink-2">{children}</div>
              <div className="mt-3 flex flex-wrap justify-end gap-3">
                <Button autoFocus onPress={close}>
                  {t('dialog.cancel')}
                </Button>
                <Button variant={tone === 'danger' ? 'danger' : 'primary'} isPending={isPending} onPress={() => onAction(close)}>
                  {action}
                </Button>
              </div>
            </>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
