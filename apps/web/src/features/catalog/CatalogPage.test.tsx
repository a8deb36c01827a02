import { answers, axe, examples, hangs, http, HttpResponse, page, refuses, render, screen, server, waitFor } from '@lyceum/testing';

import { CatalogPage } from '.';

const CATALOGUE = '/api/v1/catalogue';

test('courses are shown as links to their pages', async () => {
  const { container } = await render(<CatalogPage />);
  expect(await screen.findByRole('link', { name: 'Modern physics' })).toHaveAttribute('href', '/courses/modern-physics');
  expect(await axe(container)).toHaveNoViolations();
});

test('what the address says is what the catalogue is asked', async () => {
  const asked: string[] = [];
  server.use(
    http.get(CATALOGUE, ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json(page([examples.catalogueEntry]));
    }),
  );
  await render(<CatalogPage />, { at: '/courses?q=waves&language=de' });
  await screen.findByRole('link', { name: 'Modern physics' });
  expect(asked).toEqual(['?q=waves&language=de&limit=24']);
  expect(screen.getByRole('searchbox')).toHaveValue('waves');
  expect(screen.getByRole('button', { name: /Language of the course/ })).toHaveTextContent('German');
});

test('what is typed goes into the address', async () => {
  const { user, address } = await render(<CatalogPage />, { at: '/courses?language=en' });
  await user.type(screen.getByRole('searchbox'), 'waves');
  await waitFor(() => expect(address()).toBe('/courses?language=en&q=waves'));
  expect(screen.getByRole('searchbox')).toHaveValue('waves');
});

test('a language is chosen by keyboard', async () => {
  const { user, address } = await render(<CatalogPage />, { at: '/courses' });
  screen.getByRole('button', { name: /Language of the course/ }).focus();
  await user.keyboard('{Enter}');
  await screen.findByRole('listbox');
  await user.keyboard('{ArrowDown}{Enter}');
  await waitFor(() => expect(address()).toBe('/courses?language=en'));
});

test('more courses come below those that are there', async () => {
  const other = { ...examples.catalogueEntry, id: examples.id(9), slug: 'optics', title: 'Optics' };
  server.use(
    http.get(CATALOGUE, ({ request }) =>
      HttpResponse.json(new URL(request.url).searchParams.has('cursor') ? page([other]) : page([examples.catalogueEntry], 'next')),
    ),
  );
  const { user } = await render(<CatalogPage />);
  await user.click(await screen.findByRole('button', { name: 'Show more' }));
  expect(await screen.findByRole('link', { name: 'Optics' })).toBeVisible();
  expect(screen.getByRole('link', { name: 'Modern physics' })).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Show more' })).not.toBeInTheDocument();
});

test('courses that are on their way keep their place', async () => {
  server.use(hangs('get', CATALOGUE));
  await render(<CatalogPage />);
  expect(screen.getByRole('status')).toHaveTextContent('Loading…');
});

test('a search without results leads back to all courses', async () => {
  server.use(http.get(CATALOGUE, ({ request }) => HttpResponse.json(page(request.url.includes('q=') ? [] : [examples.catalogueEntry]))));
  const { user, address } = await render(<CatalogPage />, { at: '/courses?q=nothing' });
  await user.click(await screen.findByRole('button', { name: 'Show all courses' }));
  expect(await screen.findByRole('link', { name: 'Modern physics' })).toBeVisible();
  expect(address()).toBe('/courses');
  expect(screen.getByRole('searchbox')).toHaveValue('');
});

test('a refusal can be tried again', async () => {
  server.use(refuses('get', CATALOGUE, 503, 'unavailable', { title: 'The catalogue rests' }));
  const { user } = await render(<CatalogPage />);
  expect(await screen.findByRole('alert')).toHaveTextContent('The catalogue rests');
  server.use(answers('get', CATALOGUE, page([examples.catalogueEntry])));
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('link', { name: 'Modern physics' })).toBeVisible();
});

test('it reads in Arabic from right to left', async () => {
  await render(<CatalogPage />, { language: 'ar' });
  expect(document.documentElement).toHaveAttribute('dir', 'rtl');
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('الدورات');
});
