import type { ImportView } from '@lyceum/api-client/course';
import { answers, axe, examples, hangs, page, refuses, render, screen, server, signedIn, within } from '@lyceum/testing';

import { ImportPage, ImportsPage } from '.';
import { matching, type LossReport } from './reports';
import { UploadTray } from './UploadTray';

const IMPORTS = '/api/v1/imports';
const made = (changes: Partial<ImportView>): ImportView => ({
  id: examples.id(50), file_name: 'physics.tar.gz', format: 'olx', publish: false, state: 'succeeded', progress: null, course_id: examples.id(3),
  requested_at: '2026-03-01T09:00:00Z', finished_at: '2026-03-01T09:01:00Z', report: null, problem: null, ...changes,
});
const report: LossReport = {
  counts: { page: { imported: 1, changed: 1, dropped: 0, total: 2 }, wiki: { imported: 0, changed: 0, dropped: 1, total: 1 } },
  items: [
    { source: 'vertical/one', kind: 'page', outcome: 'imported', reason: '' },
    { source: 'vertical/two', kind: 'page', outcome: 'changed', reason: 'A script was taken out.' },
    { source: 'wiki', kind: 'wiki', outcome: 'dropped', reason: 'There is no such thing here.' },
  ],
};
const archive = (name: string) => new File(['An archive'], name, { type: 'application/gzip' });
const chooser = () => document.querySelector<HTMLInputElement>('input[type=file]') as HTMLElement;

beforeEach(() => server.use(...signedIn));

describe('the list', () => {
  test('shows what was imported so far', async () => {
    server.use(answers('get', IMPORTS, page([made({}), made({ id: examples.id(51), state: 'failed', file_name: 'broken.zip', course_id: null })])));
    const { container } = await render(<ImportsPage />);
    expect(await screen.findByRole('link', { name: 'physics.tar.gz' })).toHaveAttribute('href', `/imports/${examples.id(50)}`);
    expect(screen.getByText('Failed')).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  test('says how to begin', async () => {
    server.use(answers('get', IMPORTS, page([])));
    await render(<ImportsPage />);
    expect(await screen.findByText('Nothing was imported yet')).toBeVisible();
  });

  test('keeps its place while it comes', async () => {
    server.use(hangs('get', IMPORTS));
    await render(<ImportsPage />);
    expect(screen.getByRole('status')).toHaveTextContent('Loading…');
  });

  test('says why it was refused', async () => {
    server.use(refuses('get', IMPORTS, 503, 'unavailable', { title: 'Imports rest' }));
    await render(<ImportsPage />);
    expect(await screen.findByText('Imports rest')).toBeVisible();
  });
});

describe('an upload', () => {
  test('shows in the tray, and then the import that it became', async () => {
    server.use(answers('get', IMPORTS, page([])), answers('post', IMPORTS, made({ state: 'queued', course_id: null }), 202), answers('get', `${IMPORTS}/:id`, made({})));
    const { user } = await render(<><ImportsPage /><UploadTray /></>);
    await screen.findByText('Nothing was imported yet');
    await user.upload(chooser(), archive('physics.tar.gz'));
    const tray = await screen.findByRole('region', { name: 'Uploads' });
    expect(await within(tray).findByRole('link', { name: 'physics.tar.gz' })).toHaveAttribute('href', `/imports/${examples.id(50)}`);
    expect(await within(tray).findByText('Imported')).toBeVisible();
    expect(await axe(tray)).toHaveNoViolations();
    await user.click(within(tray).getByRole('button', { name: 'Dismiss physics.tar.gz' }));
    expect(screen.queryByRole('region', { name: 'Uploads' })).not.toBeInTheDocument();
  });

  test('that was refused says why and can be tried again', async () => {
    server.use(answers('get', IMPORTS, page([])), refuses('post', IMPORTS, 413, 'too-large', { detail: 'It is too large.' }));
    const { user } = await render(<><ImportsPage /><UploadTray /></>);
    await screen.findByText('Nothing was imported yet');
    await user.upload(chooser(), archive('large.zip'));
    expect(await screen.findByText('It is too large.')).toBeVisible();
    server.use(answers('post', IMPORTS, made({ file_name: 'large.zip' }), 202), answers('get', `${IMPORTS}/:id`, made({ file_name: 'large.zip' })));
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('link', { name: 'large.zip' })).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Dismiss large.zip' }));
  });
});

describe('an import', () => {
  const open = (query = '') => render(<ImportPage />, { path: '/imports/:importId', at: `/imports/${examples.id(50)}${query}` });

  test('tells what was lost, and can be asked about everything', async () => {
    server.use(answers('get', `${IMPORTS}/:id`, made({ report: { ...report } })));
    const { container, user, address } = await open();
    expect(await screen.findByText('A script was taken out.')).toBeVisible();
    expect(screen.queryByText('vertical/one')).not.toBeInTheDocument();
    expect(within(screen.getByRole('table')).getByRole('row', { name: 'Page 1 1 0 2' })).toBeVisible();
    expect(screen.getByRole('link', { name: 'Edit it' })).toHaveAttribute('href', `/courses/${examples.id(3)}/edit`);
    expect(await axe(container)).toHaveNoViolations();
    await user.type(screen.getByRole('searchbox'), 'nothing like it');
    expect(await screen.findByText('Nothing fits')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Show all' }));
    expect(await screen.findByText('vertical/one')).toBeVisible();
    expect(address()).toContain('outcome=all');
  });

  test('without a loss says so', async () => {
    server.use(answers('get', `${IMPORTS}/:id`, made({ report: { counts: {}, items: [report.items[0]] } })));
    await open();
    expect(await screen.findByText('Nothing was lost')).toBeVisible();
  });

  test('that failed names the file and the line', async () => {
    const problem = { title: 'This archive cannot be imported', detail: 'The file is not well-formed.', reason: 'xml-malformed', entry: 'course/one.xml', line: 12 };
    server.use(answers('get', `${IMPORTS}/:id`, made({ state: 'failed', course_id: null, problem })));
    const { container } = await open();
    expect(await screen.findByText('The file is not well-formed.')).toBeVisible();
    expect(screen.getByText('course/one.xml')).toBeVisible();
    expect(screen.getByText('12')).toBeVisible();
    expect(screen.getByText('xml-malformed')).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  test('under way shows how far it is', async () => {
    server.use(answers('get', `${IMPORTS}/:id`, made({ state: 'running', course_id: null, progress: { stage: 'problems', done: 3, total: 12 } })));
    await open();
    expect(await screen.findByRole('progressbar', { name: 'Taking in the questions' })).toHaveAttribute('aria-valuenow', '25');
    expect(screen.getByText('3 of 12')).toBeVisible();
  });

  test('that is not there says so', async () => {
    server.use(refuses('get', `${IMPORTS}/:id`, 404, 'course.import-not-found', { title: 'There is no such import' }));
    await open();
    expect(await screen.findByText('There is no such import')).toBeVisible();
  });
});

test.each([
  [{ outcome: 'lost', kind: '', text: '' }, ['vertical/two', 'wiki']],
  [{ outcome: 'all', kind: 'page', text: '' }, ['vertical/one', 'vertical/two']],
  [{ outcome: 'all', kind: '', text: 'SCRIPT' }, ['vertical/two']],
  [{ outcome: 'dropped', kind: 'page', text: '' }, []],
] as const)('the report narrowed to %j has %j', (filter, sources) => {
  expect(matching(report, filter).map(({ source }) => source)).toEqual(sources);
});
