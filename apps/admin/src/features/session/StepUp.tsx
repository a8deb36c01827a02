import { isApiProblem, onStepUp } from '@lyceum/api-client';
import { useGetSessionQuery, useSignOutMutation, useStepUpMutation } from '@lyceum/api-client/auth';
import { useTranslation } from '@lyceum/i18n';
import { Button, Dialog, Form, Notice, TextField } from '@lyceum/ui';
import { useEffect, useRef, useState } from 'react';

/** Asks for the password again when the API wants a recent proof of who it is; the request that was refused is then sent again. */
export function StepUp() {
  const { t } = useTranslation('session');
  const [isOpen, setIsOpen] = useState(false);
  const settle = useRef<(proved: boolean) => void>(() => undefined);
  const end = (proved: boolean) => {
    setIsOpen(false);
    settle.current(proved);
  };
  useEffect(() => {
    const takeBack = onStepUp(() => {
      setIsOpen(true);
      return new Promise((resolve) => {
        settle.current = resolve;
      });
    });
    return () => {
      takeBack();
      settle.current(false);
    };
  }, []);
  return (
    <Dialog title={t('step-up.title')} isOpen={isOpen} onOpenChange={(stays) => !stays && end(false)} isDismissable={false}>
      <Proof onProved={() => end(true)} />
    </Dialog>
  );
}

function Proof({ onProved }: { onProved: () => void }) {
  const { t } = useTranslation('session');
  const { currentData: session } = useGetSessionQuery();
  const [password, setPassword] = useState('');
  const [stepUp, { error, isLoading }] = useStepUpMutation();
  const [signOut] = useSignOutMutation();
  return (
    <Form
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        void stepUp({ stepUpRequest: { password } }).unwrap().then(onProved, () => setPassword(''));
      }}
    >
      <p className="text-ink-2">{t('step-up.lead')}</p>
      {error !== undefined && (
        <Notice tone="bad" title={t('step-up.refused')}>
          <p>{isApiProblem(error) && error.status !== 403 && error.detail !== '' ? error.detail : t('step-up.refused-detail')}</p>
        </Notice>
      )}
      {/* For password managers: whose password it is. */}
      <input type="email" name="email" autoComplete="username" value={session?.user.email ?? ''} readOnly hidden />
      <TextField label={t('password')} type="password" name="password" autoComplete="current-password" autoFocus isRequired value={password} onChange={setPassword} />
      <div className="flex flex-wrap-reverse items-center justify-between gap-3">
        <Button variant="quiet" onPress={() => void signOut()}>
          {t('step-up.sign-in-anew')}
        </Button>
        <Button type="submit" variant="primary" isPending={isLoading}>
          {t('step-up.submit')}
        </Button>
      </div>
    </Form>
  );
}
