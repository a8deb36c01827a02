import type { AppStore } from '@lyceum/api-client';
import type { ImportView } from '@lyceum/api-client/course';
import { isUnderWay, useImportsProgress } from '@lyceum/api-client/live/imports';
import { useFormatting, useTranslation } from '@lyceum/i18n';
import { Card, Checkbox, Choice, FileDrop, Link, List, PageBody, PageHeader, toast } from '@lyceum/ui';
import { PackageOpen } from 'lucide-react';
import { useState } from 'react';
import { useDispatch } from 'react-redux';

import { Stage } from './Stage';
import { StateBadge } from './StateBadge';
import { startUpload } from './uploads';

const formats = ['olx', 'common-cartridge', 'lyceum'] as const;
const ENDINGS = ['.tar.gz', '.tgz', '.gz', '.tar', '.zip', '.imscc'];

/** Bringing courses from elsewhere, and what became of those that were brought. */
export function ImportsPage() {
  const { t } = useTranslation('imports');
  return (
    <PageBody>
      <PageHeader title={t('title')} lead={t('lead')} />
      <div className="flex flex-col gap-10">
        <NewImport />
        <section aria-labelledby="imports" className="flex flex-col gap-4">
          <h2 id="imports" className="text-2xl">
            {t('history')}
          </h2>
          <History />
        </section>
      </div>
    </PageBody>
  );
}

function NewImport() {
  const { t } = useTranslation('imports');
  const dispatch: AppStore['dispatch'] = useDispatch();
  const [format, setFormat] = useState('');
  const [publish, setPublish] = useState(false);
  const send = (files: File[]) => {
    for (const file of files) startUpload(dispatch, { file, format: format === '' ? null : format, publish });
    toast({ tone: 'plain', title: t('started'), detail: t('started-detail') });
  };
  return (
    <Card as="section" className="grid gap-6 p-5 sm:p-6 lg:grid-cols-[2fr_1fr]">
      <FileDrop label={t('drop')} description={t('drop-detail')} accept={ENDINGS} allowsMultiple onFiles={send} />
      <div className="flex flex-col gap-4">
        <Choice
          label={t('format.label')}
          description={t('format.note')}
          options={[['', t('format.any')], ...formats.map((one) => [one, t(`format.${one}`)] as const)]}
          value={format}
          onChange={setFormat}
        />
        <Checkbox isSelected={publish} onChange={setPublish}>
          {t('publish')}
        </Checkbox>
      </div>
    </Card>
  );
}

function History() {
  const { t } = useTranslation('imports');
  return (
    <List
      query={useImportsProgress()}
      skeleton={{ of: 'cards', rows: 4, row: 'h-22' }}
      empty={{ icon: <PackageOpen size={32} strokeWidth={1.5} aria-hidden />, title: t('none'), detail: t('none-detail') }}
    >
      {(imports) => (
        <ul className="flex flex-col gap-3">
          {imports.map((one) => (
            <One key={one.id} view={one} />
          ))}
        </ul>
      )}
    </List>
  );
}

function One({ view }: { view: ImportView }) {
  const format = useFormatting();
  return (
    <Card as="li" isLink className="flex flex-col gap-2 p-4 sm:px-5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="min-w-0 text-lg">
          <Link look="plain" href={`/imports/${view.id}`} className="break-all no-underline after:absolute after:inset-0 after:rounded-lg">
            <bdi>{view.file_name}</bdi>
          </Link>
        </h3>
        <StateBadge state={view.state} />
      </div>
      {isUnderWay(view) ? <Stage progress={view.progress} /> : <p className="text-sm text-ink-2">{format.dateTime(view.requested_at)}</p>}
    </Card>
  );
}
