import { allItems } from '@lyceum/api-client';
import { useBrowseRoleAssignmentsInfiniteQuery, useListRolesQuery, useTakeRoleMutation, type AssignmentView } from '@lyceum/api-client/auth';
import { useGetCourseQuery } from '@lyceum/api-client/course';
import { useGetOrganisationQuery, type Account } from '@lyceum/api-client/identity';
import { useFormatting, useTranslation } from '@lyceum/i18n';
import { AlertDialog, Badge, Button, Card, DialogTrigger, ErrorState, Loading, LoadMore, Skeleton, toast } from '@lyceum/ui';
import { lazy, Suspense } from 'react';

import { useRefusal } from './refusal';

// Only those who may assign roles need the form.
const GiveRole = lazy(async () => ({ default: (await import('./GiveRole')).GiveRole }));

const ALL = 100;

/** The roles of a person and where each holds. */
export function Roles({ person, mayAssign }: { person: Account; mayAssign: boolean }) {
  const { t } = useTranslation('people');
  return (
    <section aria-labelledby="roles">
      <div className="mb-4 flex min-h-11 flex-wrap items-center justify-between gap-3">
        <h2 id="roles" className="text-2xl">
          {t('roles.title')}
        </h2>
        {mayAssign && (
          <Suspense>
            <GiveRole person={person} />
          </Suspense>
        )}
      </div>
      <Assignments person={person} mayAssign={mayAssign} />
    </section>
  );
}

function Assignments({ person, mayAssign }: { person: Account; mayAssign: boolean }) {
  const { t } = useTranslation('people');
  const { currentData, error, isFetching, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useBrowseRoleAssignmentsInfiniteQuery({ user_id: person.id });
  const assignments = allItems(currentData);
  if (error) return <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />;
  if (!currentData) {
    return (
      <Loading>
        <Skeleton className="h-20 rounded-lg" />
      </Loading>
    );
  }
  if (assignments.length === 0) {
    return (
      <Card className="p-5">
        <p className="font-medium">{t('roles.none')}</p>
        <p className="text-ink-2">{t('roles.none-detail')}</p>
      </Card>
    );
  }
  return (
    <>
      <ul className="flex flex-col gap-3">
        {assignments.map((assignment) => (
          <Assignment key={assignment.id} assignment={assignment} mayAssign={mayAssign} />
        ))}
      </ul>
      <LoadMore hasMore={hasNextPage} isLoading={isFetchingNextPage} onLoad={() => void fetchNextPage()} />
    </>
  );
}

function Assignment({ assignment, mayAssign }: { assignment: AssignmentView; mayAssign: boolean }) {
  const { t } = useTranslation('people');
  const format = useFormatting();
  const role = useRoleTitle(assignment.role, mayAssign);
  return (
    <Card as="li" className="flex flex-wrap items-center gap-x-4 gap-y-2 p-4">
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-semibold">{role}</span>
          <Scope assignment={assignment} />
        </p>
        <p className="text-sm text-ink-2">{t('roles.given', { date: format.date(assignment.assigned_at) })}</p>
      </div>
      {mayAssign && <TakeRole assignment={assignment} role={role} />}
    </Card>
  );
}

function TakeRole({ assignment, role }: { assignment: AssignmentView; role: string }) {
  const { t } = useTranslation('people');
  const [take, { isLoading }] = useTakeRoleMutation();
  const refusal = useRefusal();
  return (
    <DialogTrigger>
      <Button variant="danger" aria-label={t('roles.take-label', { role })}>
        {t('roles.take')}
      </Button>
      <AlertDialog
        title={t('roles.take-title', { role })}
        action={t('roles.take')}
        tone="danger"
        isPending={isLoading}
        onAction={(close) =>
          void take({ assignmentId: assignment.id }).unwrap().then(() => toast({ tone: 'ok', title: t('roles.taken') }), refusal).finally(close)
        }
      >
        {t('roles.take-detail')}
      </AlertDialog>
    </DialogTrigger>
  );
}

function useRoleTitle(name: string, mayRead: boolean): string {
  const { currentData } = useListRolesQuery({ limit: ALL }, { skip: !mayRead });
  return currentData?.items.find((role) => role.name === name)?.title ?? name;
}

function Scope({ assignment: { scope, scope_id: id } }: { assignment: AssignmentView }) {
  const { t } = useTranslation('people');
  const organisation = useGetOrganisationQuery({ organisationId: id ?? '' }, { skip: scope !== 'organisation' || id === null });
  const course = useGetCourseQuery({ courseId: id ?? '' }, { skip: scope !== 'course' || id === null });
  const name = organisation.currentData?.name ?? course.currentData?.title;
  return (
    <Badge tone={scope === 'platform' ? 'accent' : 'plain'}>
      <bdi>{name ?? t(`scope.${scope}`)}</bdi>
    </Badge>
  );
}
