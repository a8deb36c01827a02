import { ifMatch } from '@lyceum/api-client';
import { useChangeQuizMutation, type QuizView } from '@lyceum/api-client/assessment';
import { useTranslation } from '@lyceum/i18n';
import { Disclosure, DisclosureGroup, NumberField, Radio, RadioGroup, Switch } from '@lyceum/ui';
import { useCallback, useEffect, useRef } from 'react';

import { isConflict } from '../outline/use-outline';
import { Offered } from '../saving/Offered';
import { SaveLine } from '../saving/SaveLine';
import { TwoVersions } from '../saving/TwoVersions';
import { useAutosave } from '../saving/use-autosave';
import { inMode, type QuizContent, type QuizSettings } from './quizzes';

interface QuizSettingsFormProps {
  quiz: QuizView;
  /** The quiz is not what it was. */
  onStale: () => void;
}

/** How the questions are taken. Choices are saved a moment after they were made. */
export function QuizSettingsForm(props: QuizSettingsFormProps) {
  const { t } = useTranslation('editor');
  return (
    <DisclosureGroup>
      <Disclosure title={t('quiz.settings')}>
        <Settings {...props} />
      </Disclosure>
    </DisclosureGroup>
  );
}

function Settings({ quiz, onStale }: QuizSettingsFormProps) {
  const { t } = useTranslation('editor');
  const [send] = useChangeQuizMutation();
  const theirs = (quiz.content as QuizContent).settings;
  // Questions are added and taken out beside this form: what is sent builds on the quiz as it is then.
  const latest = useRef({ quiz, onStale });
  useEffect(() => {
    latest.current = { quiz, onStale };
  });
  const save = useCallback(
    async (settings: QuizSettings) => {
      const { id, version, content } = latest.current.quiz;
      const { data, error } = await send({ quizId: id, 'If-Match': ifMatch(version), quizChange: { content: { ...content, settings } } });
      if (data) return data.version;
      if (isConflict(error)) latest.current.onStale();
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- problems of the API are what is decided by
      throw error;
    },
    [send],
  );
  const draft = useAutosave<QuizSettings>({ name: `quiz ${quiz.id}`, stored: theirs, version: quiz.version, save });
  const { value, state, problem, change, retry } = draft;
  const show = (settings: QuizSettings) => <ShownSettings settings={settings} />;
  if (state === 'conflict') {
    return <TwoVersions draft={draft} theirs={{ value: theirs, version: quiz.version }} error={null} onRetry={onStale} show={show} />;
  }
  return (
    <div className="flex flex-col gap-5">
      <Offered draft={draft} show={show} />
      <SettingsFields value={value} onChange={change} />
      <SaveLine state={state} problem={problem} onRetry={retry} />
      <p className="text-sm text-ink-2">{t('quiz.applies')}</p>
    </div>
  );
}

function SettingsFields({ value, onChange }: { value: QuizSettings; onChange: (settings: QuizSettings) => void }) {
  const { t } = useTranslation('editor');
  const { attempts, timing } = value;
  const minutes = timing.time_limit === null ? NaN : timing.time_limit / 60;
  const count = (number: number) => (Number.isNaN(number) ? null : number);
  return (
    <>
      <RadioGroup label={t('quiz.mode')} value={value.mode} onChange={(mode) => onChange(inMode(value, mode === 'quiz' ? 'quiz' : 'practice'))}>
        <Radio value="practice">{t('quiz.practice')}</Radio>
        <Radio value="quiz">{t('quiz.quiz')}</Radio>
      </RadioGroup>
      <div className="flex flex-wrap gap-5">
        <NumberField label={t('quiz.attempts')} description={t('quiz.unlimited')} minValue={1} maxValue={1000} value={attempts.limit ?? NaN} onChange={(limit) => onChange({ ...value, attempts: { ...attempts, limit: count(limit) } })} />
        {value.mode === 'practice' ? (
          <NumberField label={t('quiz.checks')} description={t('quiz.unlimited')} minValue={1} maxValue={1000} value={attempts.check_limit ?? NaN} onChange={(limit) => onChange({ ...value, attempts: { ...attempts, check_limit: count(limit) } })} />
        ) : (
          <NumberField
            label={t('quiz.minutes')}
            description={t('quiz.unlimited')}
            minValue={1}
            maxValue={43_200}
            value={minutes}
            onChange={(limit) => onChange({ ...value, timing: { ...timing, time_limit: Number.isNaN(limit) ? null : Math.round(limit * 60) } })}
          />
        )}
        <PassThreshold value={value.pass_threshold} onChange={(threshold) => onChange({ ...value, pass_threshold: threshold })} />
      </div>
    </>
  );
}

function PassThreshold({ value, onChange }: { value: string | null; onChange: (share: string | null) => void }) {
  const { t } = useTranslation('editor');
  return (
    <div className="flex flex-col">
      <Switch isSelected={value !== null} onChange={(isOn) => onChange(isOn ? '1/2' : null)}>
        {t('quiz.pass')}
      </Switch>
      {value !== null && <NumberField label={t('quiz.percent')} minValue={0} maxValue={100} value={percentOf(value)} onChange={(percent) => !Number.isNaN(percent) && onChange(`${Math.round(percent)}/100`)} />}
    </div>
  );
}

/** `1/2` and `0.5` as 50. */
function percentOf(share: string): number {
  const [above = '0', below = '1'] = share.split('/');
  return Math.round((Number(above) / Number(below)) * 100);
}

function ShownSettings({ settings }: { settings: QuizSettings }) {
  const { t } = useTranslation('editor');
  const { attempts, timing, mode, pass_threshold: pass } = settings;
  const lines: [string, string][] = [
    [t('quiz.mode'), mode === 'practice' ? t('quiz.practice') : t('quiz.quiz')],
    [t('quiz.attempts'), String(attempts.limit ?? '∞')],
    [t('quiz.checks'), String(attempts.check_limit ?? '∞')],
    [t('quiz.minutes'), timing.time_limit === null ? '∞' : String(timing.time_limit / 60)],
    [t('quiz.pass'), pass === null ? '–' : `${percentOf(pass)} %`],
  ];
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
      {lines.map(([name, words]) => (
        <div key={name} className="contents">
          <dt className="text-ink-2">{name}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  );
}
