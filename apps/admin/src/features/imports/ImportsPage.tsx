import { allItems, type AppStore } from '@lyceum/api-client';
import { useBrowseImportsInfiniteQuery, type ImportView } from '@lyceum/api-client/course';
import { useFormatting, useTranslation } from '@lyceum/i18n';
import { Badge, Card, Checkbox, EmptyState, ErrorState, FileDrop, Link, Loading, LoadMore, Option, PageBody, PageHeader, Select, Skeleton, toast } from '@lyceum/ui';
import { PackageOpen } from 'lucide-react';
import { useState } from 'react';
import { useDispatch } from 'react-redux';

import { Stage } from './Stage';
import { startUpload } from './uploads';
import { isOver } from './use-import';

const ROWS = 4;
const BETWEEN = 3000;
const ANY = 'any';
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
  const [format, setFormat] = useState<string>(ANY);
  const [publish, setPublish] = useState(false);
  const send = (files: File[]) => {
    for (const file of files) startUpload(dispatch, { file, format: format === ANY ? null : format, publish });
    toast({ tone: 'plain', title: t('started'), detail: t('started-detail') });
  };
  return (
    <Card as="section" className="grid gap-6 p-5 sm:p-6 lg:grid-cols-[2fr_1fr]">
      <FileDrop label={t('drop')} description={t('drop-detail')} accept={ENDINGS} allowsMultiple onFiles={send} />
      <div className="flex flex-col gap-4">
        <Select label={t('format.label')} description={t('format.note')} value={format} onChange={(key) => setFormat(String(key))}>
          <Option id={ANY}>{t('format.any')}</Option>
          {formats.map((one) => (
            <Option key={one} id={one}>
              {t(`format.${one}`)}
            </Option>
          ))}
        </Select>
        <Checkbox isSelected={publish} onChange={setPublish}>
          {t('publish')}
        </Checkbox>
      </div>
    </Card>
  );
}

function History() {
  const { t } = useTranslation('imports');
  const [isWaiting, setWaiting] = useState(false);
  const { currentData, error, isFetching, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useBrowseImportsInfiniteQuery(undefined, {
    pollingInterval: isWaiting ? BETWEEN : 0,
    skipPollingIfUnfocused: true,
  });
  const imports = allItems(currentData);
  const isUnderWay = imports.some((one) => !isOver(one));
  if (isUnderWay !== isWaiting) setWaiting(isUnderWay);
  if (error && imports.length === 0) return <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />;
  if (!currentData) {
    return (
      <Loading className="flex flex-col gap-3">
        {Array.from({ length: ROWS }, (_, index) => (
          <Skeleton key={index} className="h-22 rounded-lg" />
        ))}
      </Loading>
    );
  }
  if (imports.length === 0) {
    return (
      <EmptyState icon={<PackageOpen size={32} strokeWidth={1.5} aria-hidden />} title={t('none')}>
        {t('none-detail')}
      </EmptyState>
    );
  }
  return (
    <>
      <ul className="flex flex-col gap-3">
        {imports.map((one) => (
          <One key={one.id} view={one} />
        ))}
      </ul>
      <LoadMore hasMore={hasNextPage} isLoading={isFetchingNextPage} onLoad={() => void fetchNextPage()} />
    </>
  );
}

export const tones = { queued: 'plain', running: 'accent', succeeded: 'ok', failed: 'bad' } as const;

function One({ view }: { view: ImportView }) {
  const { t } = useTranslation('imports');
  const format = useFormatting();
  return (
    <Card as="li" isLink className="flex flex-col gap-2 p-4 sm:px-5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="min-w-0 text-lg">
          <Link look="plain" href={`/imports/${view.id}`} className="break-all no-underline after:absolute after:inset-0 after:rounded-lg">
            <bdi>{view.file_name}</bdi>
          </Link>
        </h3>
        <Badge tone={tones[view.state]}>{t(`state.${view.state}`)}</Badge>
      </div>
      {isOver(view) ? <p className="text-sm text-ink-2">{format.dateTime(view.requested_at)}</p> : <Stage progress={view.progress} />}
    </Card>
  );
}
