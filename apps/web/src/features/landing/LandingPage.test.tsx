import { answers, axe, examples, fails, hangs, page, refuses, render, screen, server } from '@lyceum/testing';

import { LandingPage } from '.';

const CATALOGUE = '/api/v1/catalogue';

test('the newest courses are shown', async () => {
  const { container } = await render(<LandingPage />);
  expect(await screen.findByRole('link', { name: 'Modern physics' })).toHaveAttribute('href', '/courses/modern-physics');
  expect(screen.getByText('Published Mar 1, 2026')).toBeVisible();
  expect(await axe(container)).toHaveNoViolations();
});

test('courses that are on their way keep their place', async () => {
  server.use(hangs('get', CATALOGUE));
  await render(<LandingPage />);
  expect(screen.getByRole('status')).toHaveTextContent('Loading…');
});

test('an empty catalogue says so', async () => {
  server.use(answers('get', CATALOGUE, page([])));
  await render(<LandingPage />);
  expect(await screen.findByText('No courses yet')).toBeVisible();
});

test('a refusal shows its own words, and trying again gets the courses', async () => {
  server.use(refuses('get', CATALOGUE, 503, 'unavailable', { title: 'The catalogue rests', detail: 'Come back soon.' }));
  const { user } = await render(<LandingPage />);
  expect(await screen.findByRole('alert')).toHaveTextContent(/The catalogue rests.*Come back soon\./);
  server.use(answers('get', CATALOGUE, page([examples.catalogueEntry])));
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('heading', { name: 'Modern physics' })).toBeVisible();
});

test('without a network it says that', async () => {
  server.use(fails('get', CATALOGUE));
  await render(<LandingPage />);
  expect(await screen.findByText('You are offline')).toBeVisible();
});

test('it reads in Arabic from right to left', async () => {
  await render(<LandingPage />, { language: 'ar' });
  expect(document.documentElement).toHaveAttribute('dir', 'rtl');
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('تعلّم بإتقان');
});

test('a question is asked to the catalogue', async () => {
  const { user, address } = await render(<LandingPage />);
  await user.type(screen.getByRole('searchbox', { name: 'Search courses' }), 'waves & light{Enter}');
  expect(address()).toBe('/courses?q=waves+%26+light');
});
