import { zodResolver } from '@hookform/resolvers/zod';
import { isApiProblem } from '@lyceum/api-client';
import { useChangePasswordMutation } from '@lyceum/api-client/auth';
import { useTranslation } from '@lyceum/i18n';
import { Button, Link, toast } from '@lyceum/ui';
import { useForm } from 'react-hook-form';
import * as z from 'zod/mini';

import { FormText } from '../forms';
import { ProblemNotice } from '../problem-notice';
import { useSession } from '../session';
import { Section } from './Section';

const MOST = 256;
const WRONG = 'auth.wrong-password';
const WEAK = 'auth.weak-password';

/** Another password; whoever is signed in elsewhere has to use it. */
export function PasswordForm() {
  const { t } = useTranslation('settings');
  const { session } = useSession();
  const [change, { error, isLoading }] = useChangePasswordMutation();
  const password = z.string().check(z.minLength(1, t('password.missing')), z.maxLength(MOST, t('password.long', { count: MOST })));
  const schema = z.object({ current: password, new: password });
  const { control, handleSubmit, setError, reset } = useForm({ resolver: zodResolver(schema), defaultValues: { current: '', new: '' } });
  const send = handleSubmit(async (values) => {
    const { error: refused } = await change({ passwordChange: values });
    if (refused === undefined) {
      reset();
      toast({ tone: 'ok', title: t('password.done'), detail: t('password.done-detail') });
    } else if (isApiProblem(refused)) {
      if (refused.code === WRONG) setError('current', { message: t('password.wrong') }, { shouldFocus: true });
      if (refused.code === WEAK) setError('new', { message: refused.detail }, { shouldFocus: true });
    }
  });
  const isAtField = isApiProblem(error) && (error.code === WRONG || error.code === WEAK);
  return (
    <Section title={t('password.title')} lead={t('password.lead')}>
      <form noValidate className="flex flex-col gap-5" onSubmit={(event) => void send(event)}>
        {/* Password managers want to know whose it is. */}
        <input type="text" name="username" autoComplete="username" hidden readOnly value={session?.user.email ?? ''} />
        <FormText control={control} name="current" type="password" autoComplete="current-password" label={t('password.current')} />
        <FormText control={control} name="new" type="password" autoComplete="new-password" label={t('password.new')} description={t('password.note')} />
        {error && !isAtField && <ProblemNotice problem={error} texts={{ 'auth.sign-in-locked': t('password.locked') }} />}
        <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
          <Button type="submit" variant="primary" isPending={isLoading}>
            {t('password.action')}
          </Button>
          <Link href="/forgotten-password">{t('password.forgotten')}</Link>
        </div>
      </form>
    </Section>
  );
}
