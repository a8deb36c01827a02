import { useTranslation } from '@lyceum/i18n';
import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import {
  Button, Text, UNSTABLE_Toast as AriaToast, UNSTABLE_ToastContent as ToastContent, UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components';

import { queue } from './toast-queue';

const icons = { ok: CircleCheck, bad: CircleAlert, plain: Info };
const colours = { ok: 'text-ok', bad: 'text-bad', plain: 'text-accent' };

/** Where toasts appear. Once in an app. */
export default function Toasts() {
  const { t } = useTranslation('ui');
  return (
    <ToastRegion queue={queue} className="fixed inset-x-4 bottom-4 z-50 mx-auto flex max-w-md flex-col gap-2 rounded-md outline-none sm:inset-x-auto sm:end-6 sm:bottom-6 sm:w-96">
      {({ toast: shown }) => {
        const { tone, title, detail } = shown.content;
        const Icon = icons[tone];
        return (
          <AriaToast toast={shown} className="flex items-start gap-3 rounded-md border border-line bg-raised p-3 ps-4 text-ink shadow-overlay">
            <Icon size={20} aria-hidden className={`mt-2.5 shrink-0 ${colours[tone]}`} />
            <ToastContent className="min-w-0 grow py-2">
              <Text slot="title" className="block font-medium">
                {title}
              </Text>
              {detail !== undefined && (
                <Text slot="description" className="block text-sm text-ink-2">
                  {detail}
                </Text>
              )}
            </ToastContent>
            <Button slot="close" aria-label={t('toast.close')} className="grid size-11 shrink-0 cursor-pointer place-items-center rounded-md text-ink-2 data-hovered:text-ink">
              <X size={18} aria-hidden />
            </Button>
          </AriaToast>
        );
      }}
    </ToastRegion>
  );
}
