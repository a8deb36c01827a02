import { ifMatch, isApiProblem } from '@lyceum/api-client';
import {
  useCheckDraftQuery, useDiffDraftQuery, useGetDraftQuery, usePublishCourseMutation, type Change,
} from '@lyceum/api-client/course';
import { useTranslation } from '@lyceum/i18n';
import { Badge, Button, Card, ErrorState, Form, Loading, Notice, Skeleton, TextField, toast } from '@lyceum/ui';
import { useState } from 'react';

import { Checklist } from './Checklist';

const tones = { added: 'ok', removed: 'bad', moved: 'plain', changed: 'accent', 'moved and changed': 'accent' } as const;
const texts = { added: 'added', removed: 'removed', moved: 'moved', changed: 'changed', 'moved and changed': 'both' } as const;

/** What stands between the draft and the learners, and the button that publishes it. */
export function Publishing({ courseId, isPublished }: { courseId: string; isPublished: boolean }) {
  const { t } = useTranslation('courses');
  const draft = useGetDraftQuery({ courseId });
  const checks = useCheckDraftQuery({ courseId });
  const diff = useDiffDraftQuery({ courseId }, { skip: !isPublished });
  const error = draft.error ?? checks.error ?? diff.error;
  const retry = () => {
    for (const query of [draft, checks, ...(isPublished ? [diff] : [])]) void query.refetch();
  };
  if (error) return <ErrorState error={error} onRetry={retry} />;
  if (!draft.currentData || !checks.currentData || (isPublished && !diff.currentData)) {
    return (
      <Loading className="flex flex-col gap-4">
        <Skeleton className="h-9 w-40" />
        <Skeleton className="h-80" />
        <Skeleton className="h-80" />
      </Loading>
    );
  }
  const { findings } = checks.currentData;
  return (
    <section aria-labelledby="draft" className="flex flex-col gap-6">
      <h2 id="draft" className="text-2xl">
        {t('publish.title')}
      </h2>
      <Checklist courseId={courseId} findings={findings} />
      {diff.currentData && <Changes changes={diff.currentData.changes} />}
      <PublishForm courseId={courseId} version={draft.currentData.version} isBlocked={findings.some(({ severity }) => severity === 'error')} />
    </section>
  );
}

function Changes({ changes }: { changes: Change[] }) {
  const { t } = useTranslation('courses');
  return (
    <div className="flex flex-col gap-3">
      <h3 className="text-lg">{t('publish.changes')}</h3>
      {changes.length === 0 ? (
        <p className="text-ink-2">{t('publish.no-changes')}</p>
      ) : (
        <Card>
          <ul className="divide-y divide-line">
            {changes.map(({ id, change, path }) => (
              <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3">
                <Badge tone={tones[change]}>{t(`change.${texts[change]}`)}</Badge>
                <span dir="auto" className="min-w-0">
                  {path.join(' › ')}
                </span>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </div>
  );
}

function PublishForm({ courseId, version, isBlocked }: { courseId: string; version: number; isBlocked: boolean }) {
  const { t } = useTranslation('courses');
  const [note, setNote] = useState('');
  const [publish, { error, isLoading }] = usePublishCourseMutation();
  const send = async () => {
    const { number } = await publish({ courseId, 'If-Match': ifMatch(version), publishRequest: { note: note.trim() } }).unwrap();
    setNote('');
    toast({ tone: 'ok', title: t('publish.done', { number }) });
  };
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void send().catch(() => undefined); // the notice below says why
      }}
    >
      {error !== undefined && (
        <Notice tone="bad" title={t('refused')}>
          {isApiProblem(error) && <p>{error.detail}</p>}
        </Notice>
      )}
      <TextField label={t('publish.note')} value={note} onChange={setNote} />
      <Button type="submit" variant="primary" isDisabled={isBlocked} isPending={isLoading} className="self-start">
        {t('publish.button')}
      </Button>
    </Form>
  );
}
