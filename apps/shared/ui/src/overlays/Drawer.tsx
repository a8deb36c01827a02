import { useTranslation } from '@lyceum/i18n';
import { X } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { useLocation } from 'react-router';

import { IconButton } from '../actions/Button';
import { classes } from '../classes';

export interface DrawerProps {
  label: string;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  className?: string;
  children: ReactNode;
}

/** What stands at the side where there is room: on a narrow screen it slides over the page, and goes when a link in it was followed. */
export function Drawer({ label, isOpen, onOpenChange, className, children }: DrawerProps) {
  const { t } = useTranslation('ui');
  return (
    <ModalOverlay isDismissable isOpen={isOpen} onOpenChange={onOpenChange} className={classes('fixed inset-0 z-40 bg-scrim data-entering:animate-appear', className)}>
      <Modal className="h-full w-80 max-w-[85vw] border-e border-line bg-surface shadow-overlay">
        <Dialog aria-label={label} className="flex h-full flex-col gap-1 overflow-y-auto px-3 py-4 outline-none">
          {({ close }) => (
            <>
              <IconButton label={t('dialog.close')} onPress={close} className="mb-2 self-end">
                <X size={22} aria-hidden />
              </IconButton>
              <Closing onPathChange={close}>{children}</Closing>
            </>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Closing({ onPathChange, children }: { onPathChange: () => void; children: ReactNode }) {
  const { pathname } = useLocation();
  const opened = useRef(pathname);
  useEffect(() => {
    if (opened.current !== pathname) onPathChange();
  }, [pathname, onPathChange]);
  return <>{children}</>;
}
