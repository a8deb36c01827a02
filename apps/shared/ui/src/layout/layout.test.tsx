import { axe, render, renderRoutes, screen, waitFor } from '@lyceum/testing';
import { Outlet } from 'react-router';

import { AppShell, KitProvider, NavigationLink, PageBody, PageHeader, Preferences, themeChoice } from '..';

function Frame() {
  return (
    <KitProvider>
      <AppShell
        home="/"
        navigationAt="top"
        navigation={
          <>
            <NavigationLink href="/" isExact>
              Start
            </NavigationLink>
            <NavigationLink href="/courses">Courses</NavigationLink>
          </>
        }
        controls={<Preferences />}
      >
        <Outlet />
      </AppShell>
    </KitProvider>
  );
}

const page = (title: string) => (
  <PageBody>
    <PageHeader title={title} />
  </PageBody>
);

const open = (at: string) =>
  renderRoutes(
    () => [{ element: <Frame />, children: [{ path: '/', element: page('Welcome') }, { path: '/courses/*', element: page('All courses') }] }],
    { at },
  );

test('the first tab leads past the navigation', async () => {
  const { user } = await open('/');
  await user.tab();
  expect(screen.getByRole('link', { name: 'Skip to the content' })).toHaveFocus();
  expect(screen.getByRole('link', { name: 'Skip to the content' })).toHaveAttribute('href', '#main');
});

test('the open page is marked, also from a page below it', async () => {
  await open('/courses/waves');
  expect(screen.getByRole('link', { name: 'Courses' })).toHaveAttribute('aria-current', 'page');
  expect(screen.getByRole('link', { name: 'Start' })).not.toHaveAttribute('aria-current');
});

test('after a change of page the focus is on its heading', async () => {
  const { user } = await open('/');
  expect(screen.getByRole('heading', { name: 'Welcome' })).not.toHaveFocus();
  await user.click(screen.getByRole('link', { name: 'Courses' }));
  await waitFor(() => expect(screen.getByRole('heading', { name: 'All courses' })).toHaveFocus());
});

test('the navigation opens over a narrow page, and goes with the page', async () => {
  const { user } = await open('/');
  await user.click(screen.getByRole('button', { name: 'Open the navigation' }));
  const drawer = await screen.findByRole('dialog', { name: 'Main navigation' });
  await user.click(screen.getByRole('link', { name: 'Courses' }));
  await waitFor(() => expect(drawer).not.toBeInTheDocument());
});

test('the frame has no faults that axe finds', async () => {
  const { container } = await open('/');
  await screen.findByRole('button', { name: 'Language' });
  expect(await axe(container)).toHaveNoViolations();
});

test('a chosen theme shows at once and is remembered', async () => {
  const { user } = await render(<Preferences />);
  await user.click(await screen.findByRole('button', { name: 'Appearance' }));
  await user.click(await screen.findByRole('menuitemradio', { name: 'Dark' }));
  expect(document.documentElement).toHaveAttribute('data-theme', 'dark');
  expect(themeChoice()).toBe('dark');
});

test('a chosen language turns the page around', async () => {
  const { user } = await render(<Preferences />);
  await user.click(await screen.findByRole('button', { name: 'Language' }));
  await user.click(await screen.findByRole('menuitemradio', { name: 'العربية' }));
  await waitFor(() => expect(document.documentElement).toHaveAttribute('dir', 'rtl'));
  expect(document.documentElement).toHaveAttribute('lang', 'ar');
  expect(await screen.findByRole('button', { name: 'اللغة' })).toBeInTheDocument();
});
