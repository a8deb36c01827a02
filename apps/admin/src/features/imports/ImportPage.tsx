import type { ImportView } from '@lyceum/api-client/course';
import { isUnderWay, useImportProgress } from '@lyceum/api-client/live/imports';
import { useFormatting, useTranslation } from '@lyceum/i18n';
import { Breadcrumbs, Card, ErrorState, LinkButton, Notice, PageBody, PageHeader, PageLoading } from '@lyceum/ui';
import { useParams } from 'react-router';

import { Report } from './Report';
import type { LossReport } from './reports';
import { Stage } from './Stage';
import { StateBadge } from './StateBadge';

/** One import: how far it is, what was lost on the way, or what was wrong with the archive. */
export function ImportPage() {
  const { importId = '' } = useParams();
  const { currentData: view, error, isFetching, refetch } = useImportProgress(importId);
  if (view) return <Shown view={view} />;
  if (!error) return <PageLoading />;
  return (
    <PageBody>
      <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />
    </PageBody>
  );
}

function Shown({ view }: { view: ImportView }) {
  const { t } = useTranslation('imports');
  const format = useFormatting();
  const { course_id: course, report, problem } = view;
  return (
    <PageBody>
      <PageHeader
        above={<Breadcrumbs crumbs={[{ href: '/imports', title: t('title') }, { href: null, title: view.file_name }]} />}
        title={<bdi className="break-all">{view.file_name}</bdi>}
        lead={
          <span className="flex flex-wrap items-center gap-3 text-base">
            <StateBadge state={view.state} />
            {format.dateTime(view.requested_at)}
          </span>
        }
        actions={
          course !== null && (
            <>
              <LinkButton href={`/courses/${course}`}>{t('to-course')}</LinkButton>
              <LinkButton variant="primary" href={`/courses/${course}/edit`}>
                {t('to-editor')}
              </LinkButton>
            </>
          )
        }
      />
      {isUnderWay(view) && (
        <Card className="p-6">
          <Stage progress={view.progress} />
        </Card>
      )}
      {problem !== null && <Refusal problem={problem} />}
      {report !== null && <Report report={report as unknown as LossReport} />}
    </PageBody>
  );
}

/** A problem document (RFC 9457) with what is said of archives beside it. */
interface Problem {
  title?: string;
  detail?: string;
  reason?: string;
  entry?: string;
  line?: number;
  limit?: number;
  code?: string;
}

function Refusal({ problem }: { problem: Problem }) {
  const { t } = useTranslation('imports');
  const format = useFormatting();
  const facts: [string, string | undefined][] = [
    [t('problem.entry'), problem.entry],
    [t('problem.line'), problem.line === undefined ? undefined : format.number(problem.line)],
    [t('problem.limit'), problem.limit === undefined ? undefined : format.number(problem.limit)],
    [t('problem.reason'), problem.reason ?? problem.code],
  ];
  return (
    <div className="flex flex-col items-start gap-5">
      <Notice tone="bad" title={problem.title ?? t('problem.title')}>
        <p dir="auto">{problem.detail}</p>
        <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-5 gap-y-1 text-sm">
          {facts
            .filter(([, words]) => words !== undefined)
            .map(([name, words]) => (
              <div key={name} className="contents">
                <dt className="text-ink-2">{name}</dt>
                <dd className="break-all">
                  <bdi>{words}</bdi>
                </dd>
              </div>
            ))}
        </dl>
      </Notice>
      <LinkButton variant="primary" href="/imports">
        {t('problem.again')}
      </LinkButton>
    </div>
  );
}
