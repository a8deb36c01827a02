import { isApiProblem } from '@lyceum/api-client';
import { useBrowseCoursesInfiniteQuery, useCreateCourseMutation, type CourseView } from '@lyceum/api-client/course';
import { useFormatting, useTranslation } from '@lyceum/i18n';
import {
  Button, Card, Dialog, DialogTrigger, Form, Link, LinkButton, List, Notice, PageBody, PageHeader, TextArea, TextField, toast,
} from '@lyceum/ui';
import { BookOpen, PackageOpen, Plus } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';

import { usePermissions } from '../session';
import { StateBadge } from './StateBadge';

/** The courses that this person may work on. */
export function CoursesPage() {
  const { t } = useTranslation('courses');
  const { may } = usePermissions();
  return (
    <PageBody>
      <PageHeader title={t('title')} lead={t('lead')} actions={
          may('course.course.create') && (
            <>
              <LinkButton href="/imports" icon={<PackageOpen size={18} aria-hidden />}>
                {t('import')}
              </LinkButton>
              <NewCourse />
            </>
          )
        } />
      <Courses />
    </PageBody>
  );
}

function Courses() {
  const { t } = useTranslation('courses');
  return (
    <List
      query={useBrowseCoursesInfiniteQuery()}
      skeleton={{ of: 'cards', rows: 4, row: 'h-28' }}
      empty={{ icon: <BookOpen size={32} strokeWidth={1.5} aria-hidden />, title: t('none'), detail: t('none-detail') }}
    >
      {(courses) => (
        <ul className="flex flex-col gap-3">
          {courses.map((course) => (
            <Course key={course.id} course={course} />
          ))}
        </ul>
      )}
    </List>
  );
}

function Course({ course }: { course: CourseView }) {
  const { t } = useTranslation('courses');
  const format = useFormatting();
  return (
    <Card as="li" isLink className="p-5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="text-xl">
          <Link look="plain" href={`/courses/${course.id}`} className="no-underline after:absolute after:inset-0 after:rounded-lg">
            <bdi>{course.title}</bdi>
          </Link>
        </h2>
        <StateBadge state={course.state} />
      </div>
      <p dir="auto" className="mt-1 line-clamp-2 text-ink-2">
        {course.summary}
      </p>
      <p className="mt-2 flex flex-wrap gap-x-4 text-sm text-ink-2">
        <span>{t('changed', { date: format.date(course.updated_at) })}</span>
        {course.published_number !== null && <span>{t('version', { number: course.published_number })}</span>}
      </p>
    </Card>
  );
}

function NewCourse() {
  const { t } = useTranslation('courses');
  return (
    <DialogTrigger>
      <Button variant="primary" icon={<Plus size={18} aria-hidden />}>
        {t('new')}
      </Button>
      <Dialog title={t('new')}>{() => <CourseForm />}</Dialog>
    </DialogTrigger>
  );
}

function CourseForm() {
  const { t, i18n } = useTranslation('courses');
  const navigate = useNavigate();
  const [title, setTitle] = useState('');
  const [summary, setSummary] = useState('');
  const [create, { error, isLoading }] = useCreateCourseMutation();
  const send = async () => {
    const course = await create({ courseRequest: { title: title.trim(), summary: summary.trim(), language: i18n.language } }).unwrap();
    toast({ tone: 'ok', title: t('created') });
    await navigate(`/courses/${course.id}/edit`);
  };
  return (
    <Form
      className="flex flex-col gap-5"
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
      <TextField label={t('field.title')} isRequired maxLength={200} value={title} onChange={setTitle} />
      <TextArea label={t('field.summary')} description={t('field.summary-hint')} value={summary} onChange={setSummary} />
      <Button type="submit" variant="primary" isPending={isLoading} className="self-end">
        {t('create')}
      </Button>
    </Form>
  );
}
