import { useDeactivateUserMutation, type Account } from '@lyceum/api-client/identity';
import { useTranslation } from '@lyceum/i18n';
import { AlertDialog, toast } from '@lyceum/ui';

import { useRefusal } from './refusal';

/** Asks whether to keep a person out. */
export function Deactivation({ person, onClose }: { person: Account; onClose: () => void }) {
  const { t } = useTranslation('people');
  const [deactivate, { isLoading }] = useDeactivateUserMutation();
  const refusal = useRefusal();
  const name = person.display_name;
  return (
    <AlertDialog
      isOpen
      onOpenChange={onClose}
      title={t('deactivate.title', { name })}
      action={t('deactivate.button')}
      tone="danger"
      isPending={isLoading}
      onAction={(close) =>
        void deactivate({ userId: person.id }).unwrap().then(() => toast({ tone: 'ok', title: t('deactivate.done', { name }) }), refusal).finally(close)
      }
    >
      {t('deactivate.detail')}
    </AlertDialog>
  );
}
