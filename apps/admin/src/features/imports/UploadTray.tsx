import { NETWORK } from '@lyceum/api-client';
import { isUnderWay, useImportProgress } from '@lyceum/api-client/live/imports';
import { useFormatting, useTranslation } from '@lyceum/i18n';
import { Button, Card, IconButton, Link, ProgressBar } from '@lyceum/ui';
import { CircleAlert, CircleCheck, X } from 'lucide-react';

import { Stage } from './Stage';
import { dismissUpload, retryUpload, stopUpload, useUploads, type Upload } from './uploads';

/** What is on its way to the server, on every page, and what became of it there. */
export function UploadTray() {
  const uploads = useUploads();
  return uploads.length === 0 ? null : <Tray uploads={uploads} />;
}

function Tray({ uploads }: { uploads: readonly Upload[] }) {
  const { t } = useTranslation('imports');
  return (
    <section aria-label={t('tray.title')} className="fixed inset-x-4 bottom-4 z-30 sm:inset-x-auto sm:start-6 sm:w-96">
      <Card className="flex max-h-80 flex-col overflow-hidden shadow-overlay">
        <h2 className="border-b border-line px-4 py-3 text-lg">{t('tray.title')}</h2>
        <ul className="divide-y divide-line overflow-y-auto">
          {uploads.map((upload) => (
            <li key={upload.id} className="flex items-start gap-2 py-3 ps-4 pe-2">
              <div className="flex min-w-0 grow flex-col gap-2">
                <Progress upload={upload} />
              </div>
              {upload.state === 'sending' ? (
                <IconButton label={t('tray.stop', { name: upload.name })} onPress={() => stopUpload(upload.id)}>
                  <X size={18} aria-hidden />
                </IconButton>
              ) : (
                <IconButton label={t('tray.dismiss', { name: upload.name })} onPress={() => dismissUpload(upload.id)}>
                  <X size={18} aria-hidden />
                </IconButton>
              )}
            </li>
          ))}
        </ul>
      </Card>
    </section>
  );
}

function Progress({ upload: { id, name, size, state, share, problem, importId } }: { upload: Upload }) {
  const { t } = useTranslation('imports');
  const format = useFormatting();
  const title = <bdi className="truncate font-medium">{name}</bdi>;
  if (importId !== null) return <Importing id={importId} name={name} />;
  if (state === 'failed') {
    return (
      <>
        {title}
        <p role="alert" className="flex items-start gap-2 text-sm text-bad">
          <CircleAlert size={16} aria-hidden className="mt-0.5 shrink-0" />
          {problem?.code === NETWORK ? t('tray.offline') : (problem?.detail ?? t('tray.failed'))}
        </p>
        <Button className="self-start" onPress={() => retryUpload(id)}>
          {t('tray.retry')}
        </Button>
      </>
    );
  }
  return (
    <>
      <ProgressBar label={name} value={Math.floor(share * 100)} />
      <p className="text-sm text-ink-2">{format.bytes(size)}</p>
    </>
  );
}

function Importing({ id, name }: { id: string; name: string }) {
  const { t } = useTranslation('imports');
  const { currentData: found } = useImportProgress(id);
  const isDone = found !== undefined && !isUnderWay(found);
  return (
    <>
      <Link href={`/imports/${id}`} className="flex min-w-0 items-center gap-2">
        {isDone && (found.state === 'succeeded' ? <CircleCheck size={16} aria-hidden className="shrink-0 text-ok" /> : <CircleAlert size={16} aria-hidden className="shrink-0 text-bad" />)}
        <bdi className="truncate">{name}</bdi>
      </Link>
      <div role="status" className="text-sm text-ink-2">
        {isDone ? t(`state.${found.state}`) : <Stage progress={found?.progress ?? null} />}
      </div>
    </>
  );
}
