import type { SessionInfo } from '@lyceum/api-client/auth';
import type { CatalogueEntry, CourseView } from '@lyceum/api-client/course';
import type { Account, Me } from '@lyceum/api-client/identity';
import type { CourseOverview } from '@lyceum/api-client/progress';

/** One example of each answer, as the API describes it. Tests change what they are about: `{ ...examples.course, title: … }`. */
const id = (last: number) => `00000000-0000-7000-8000-${String(last).padStart(12, '0')}`;

const session: SessionInfo = {
  id: id(1),
  user: { id: id(2), email: 'ada@example.org', display_name: 'Ada Lovelace', time_zone: 'Europe/London' },
  csrf_token: 'csrf-of-ada',
  expires_at: '2026-12-01T12:00:00Z',
};

const me: Me = {
  id: id(2),
  email: 'ada@example.org',
  display_name: 'Ada Lovelace',
  bio: '',
  visibility: 'platform',
  locale: 'en',
  time_zone: 'Europe/London',
  extra_time_factor: 1,
  created_at: '2026-01-05T08:00:00Z',
  version: 1,
};

const account: Account = {
  id: id(2),
  email: 'ada@example.org',
  display_name: 'Ada Lovelace',
  status: 'active',
  locale: 'en',
  time_zone: 'Europe/London',
  created_at: '2026-01-05T08:00:00Z',
  version: 1,
};

const catalogueEntry: CatalogueEntry = {
  id: id(3),
  slug: 'modern-physics',
  title: 'Modern physics',
  summary: 'Waves, particles, and what holds them together.',
  language: 'en',
  image: null,
  organisation_id: null,
  published_at: '2026-03-01T09:00:00Z',
};

const course: CourseView = {
  id: id(3),
  slug: 'modern-physics',
  title: 'Modern physics',
  summary: 'Waves, particles, and what holds them together.',
  description_html: '<p>Nine hours of reading, watching and working things out.</p>',
  language: 'en',
  image: null,
  licence: null,
  listed: true,
  organisation_id: null,
  state: 'published',
  published_number: 2,
  published_at: '2026-03-01T09:00:00Z',
  created_at: '2026-02-01T09:00:00Z',
  updated_at: '2026-03-01T09:00:00Z',
  version: 7,
};

const progress: CourseOverview = {
  course_id: id(3),
  title: 'Modern physics',
  state: 'active',
  percentage: 64,
  next_due_at: null,
  enrolled_at: '2026-03-02T09:00:00Z',
  active_at: '2026-03-20T18:30:00Z',
  completed_at: null,
};

export const examples = { id, session, me, account, catalogueEntry, course, progress };
