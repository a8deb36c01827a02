import { useRegisterMutation, type RegistrationRequest } from '@lyceum/api-client/identity';
import { useTranslation } from '@lyceum/i18n';
import { Button, Notice } from '@lyceum/ui';
import { useEffect, useRef, useState } from 'react';

import { ProblemNotice } from '../problem-notice';
import { AuthFrame } from './AuthFrame';

// Seconds to wait before each further mail. The server sends five to one address in an hour, and says no word of it when it stops.
const WAITS = [60, 120, 300, 600];

export interface CheckMailProps {
  request: RegistrationRequest;
  onOther: () => void;
}

/** After signing up: where the mail went, and what to do when it does not come. Registering anew is what sends it again. */
export function CheckMail({ request, onOther }: CheckMailProps) {
  const { t } = useTranslation('auth');
  const [register, { error, isLoading, isSuccess }] = useRegisterMutation();
  const [sent, setSent] = useState(0);
  const wait = WAITS[sent];
  const left = useSecondsLeft(wait ?? 0, sent);
  const where = useRef<HTMLDivElement>(null);
  // The form and its button are gone: the focus goes to what came of it.
  useEffect(() => where.current?.focus(), []);
  const again = async () => {
    const { error: refused } = await register({ registrationRequest: request });
    if (!refused) setSent(sent + 1);
  };
  return (
    <AuthFrame title={t('sign-up.sent')}>
      <div className="flex flex-col gap-5">
        <div ref={where} tabIndex={-1} className="rounded-md outline-none">
          <Notice tone="ok">{t('sign-up.sent-to', { email: request.email })}</Notice>
        </div>
        <p className="text-ink-2">{t('sign-up.no-mail')}</p>
        <p role="status" className="font-medium empty:hidden">
          {isSuccess && t('sign-up.sent-again')}
        </p>
        {error && <ProblemNotice problem={error} />}
        <div className="flex flex-wrap items-center gap-3">
          {wait !== undefined && (
            <Button isDisabled={left > 0} isPending={isLoading} onPress={() => void again()}>
              {t('sign-up.again')}
            </Button>
          )}
          <Button variant="quiet" onPress={onOther}>
            {t('sign-up.other')}
          </Button>
        </div>
        {left > 0 && (
          <p className="text-sm text-ink-2 tabular-nums">
            {t('sign-up.again-in')} <bdi dir="ltr">{`${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`}</bdi>
          </p>
        )}
      </div>
    </AuthFrame>
  );
}

/** Counts down from `seconds`, anew for each `round`. By the clock: a tab that sleeps does not make the wait longer. */
function useSecondsLeft(seconds: number, round: number): number {
  const [left, setLeft] = useState({ round, seconds });
  useEffect(() => {
    const end = Date.now() + seconds * 1000;
    const timer = setInterval(() => {
      const now = Math.max(0, Math.ceil((end - Date.now()) / 1000));
      setLeft({ round, seconds: now });
      if (now === 0) clearInterval(timer);
    }, 1000);
    return () => clearInterval(timer);
  }, [round, seconds]);
  return left.round === round ? left.seconds : seconds;
}
