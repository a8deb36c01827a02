import { useDeactivateUserMutation, useReactivateUserMutation, type Account } from '@lyceum/api-client/identity';
import { useTranslation } from '@lyceum/i18n';
import { AlertDialog, Button, DialogTrigger, toast } from '@lyceum/ui';

import { useRefusal } from './refusal';

/** Keeps a person out, or lets them in again. */
export function Activity({ person }: { person: Account }) {
  const { t } = useTranslation('people');
  const [deactivate, deactivating] = useDeactivateUserMutation();
  const [reactivate, reactivating] = useReactivateUserMutation();
  const refusal = useRefusal();
  const who = { userId: person.id };
  const name = person.display_name;
  if (person.status === 'deactivated') {
    const onPress = () => void reactivate(who).unwrap().then(() => toast({ tone: 'ok', title: t('reactivate.done', { name }) }), refusal);
    return (
      <Button isPending={reactivating.isLoading} onPress={onPress}>
        {t('reactivate.button')}
      </Button>
    );
  }
  return (
    <DialogTrigger>
      <Button variant="danger">{t('deactivate.button')}</Button>
      <AlertDialog
        title={t('deactivate.title', { name })}
        action={t('deactivate.button')}
        tone="danger"
        isPending={deactivating.isLoading}
        onAction={(close) =>
          void deactivate(who).unwrap().then(() => toast({ tone: 'ok', title: t('deactivate.done', { name }) }), refusal).finally(close)
        }
      >
        {t('deactivate.detail')}
      </AlertDialog>
    </DialogTrigger>
  );
}
