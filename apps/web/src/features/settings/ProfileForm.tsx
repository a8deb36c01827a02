import { zodResolver } from '@hookform/resolvers/zod';
import { ifMatch, isApiProblem } from '@lyceum/api-client';
import { useEditMeMutation, type Me } from '@lyceum/api-client/identity';
import { chooseLanguage, LANGUAGES, useFormatting, useTranslation } from '@lyceum/i18n';
import { Button, Notice, Option, Radio, RadioGroup, Select, TextArea, toast } from '@lyceum/ui';
import { Controller, useForm } from 'react-hook-form';
import * as z from 'zod/mini';

import { FormText, showFieldProblems } from '../forms';
import { ProblemNotice } from '../problem-notice';
import { Section } from './Section';
import { TimeZone } from './TimeZone';

// What the server takes at most, in characters.
const NAME = 120;
const BIO = 2000;
const visibilities = ['platform', 'organisation', 'private'] as const;
const OUTDATED = new Set(['precondition-failed', 'version-conflict']);

export interface ProfileFormProps {
  me: Me;
  /** It was changed elsewhere: the version that is known is not the last. */
  onOutdated: () => void;
}

/** The profile and the preferences of an account; only what was changed is sent. */
export function ProfileForm({ me, onOutdated }: ProfileFormProps) {
  const { t, i18n } = useTranslation('settings');
  const format = useFormatting();
  const [edit, { error, isLoading }] = useEditMeMutation();
  const schema = z.object({
    display_name: z.string().check(z.trim(), z.minLength(1, t('profile.name-missing')), z.maxLength(NAME, t('profile.name-long', { count: NAME }))),
    bio: z.string().check(z.maxLength(BIO, t('profile.bio-long', { count: BIO }))),
    visibility: z.enum(visibilities),
    locale: z.string(),
    time_zone: z.string(),
  });
  const { display_name, bio, visibility, locale, time_zone } = me;
  const { control, handleSubmit, setError } = useForm({ resolver: zodResolver(schema), values: { display_name, bio, visibility, locale, time_zone }, resetOptions: { keepDirtyValues: true } });
  const save = handleSubmit(async (values) => {
    const { data, error: refused } = await edit({ 'If-Match': ifMatch(me.version), profileChange: values });
    if (data) {
      toast({ tone: 'ok', title: t('saved') });
      if (data.locale !== locale && LANGUAGES.some(({ code }) => code === data.locale)) await chooseLanguage(i18n, data.locale);
    } else if (isApiProblem(refused)) {
      if (OUTDATED.has(refused.code)) onOutdated();
      showFieldProblems(refused, ['display_name', 'bio', 'locale', 'time_zone'], setError);
    }
  });
  const texts = Object.fromEntries([...OUTDATED].map((code) => [code, t('profile.outdated')]));
  const languages = [...new Set([...LANGUAGES.map(({ code }) => code), locale])];
  const factor = Number(me.extra_time_factor);
  return (
    <form noValidate onSubmit={(event) => void save(event)}>
      <Section title={t('profile.others')} lead={t('profile.others-lead')}>
        <div className="flex flex-col gap-5">
          <FormText control={control} name="display_name" autoComplete="name" label={t('profile.name')} />
          <Controller
            control={control}
            name="bio"
            render={({ field, fieldState }) => (
              <TextArea label={t('profile.bio')} description={t('profile.bio-note')} validationBehavior="aria" name={field.name} value={field.value} onChange={field.onChange} onBlur={field.onBlur} inputRef={field.ref} errorMessage={fieldState.error?.message} />
            )}
          />
          <Controller
            control={control}
            name="visibility"
            render={({ field }) => (
              <RadioGroup label={t('profile.visibility')} value={field.value} onChange={field.onChange}>
                <Radio value="platform">{t('profile.visible.platform')}</Radio>
                <Radio value="organisation">{t('profile.visible.organisation')}</Radio>
                <Radio value="private">{t('profile.visible.private')}</Radio>
              </RadioGroup>
            )}
          />
        </div>
      </Section>
      <Section title={t('profile.preferences')} lead={t('profile.preferences-lead')}>
        <div className="flex flex-col gap-5">
          <Controller
            control={control}
            name="locale"
            render={({ field }) => (
              <Select label={t('profile.language')} value={field.value} onChange={(key) => field.onChange(String(key))}>
                {languages.map((code) => (
                  <Option key={code} id={code}>
                    {format.languageName(code)}
                  </Option>
                ))}
              </Select>
            )}
          />
          <Controller control={control} name="time_zone" render={({ field, fieldState }) => <TimeZone value={field.value} onChange={field.onChange} errorMessage={fieldState.error?.message} />} />
          {factor > 1 && <Notice>{t('profile.extra-time', { factor: format.number(factor) })}</Notice>}
        </div>
      </Section>
      <div className="flex flex-col items-start gap-4">
        {error && <ProblemNotice problem={error} texts={texts} />}
        <Button type="submit" variant="primary" isPending={isLoading}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}
