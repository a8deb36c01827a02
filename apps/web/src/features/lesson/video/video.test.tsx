import { act, axe, examples, fireEvent, http, HttpResponse, render, screen, server, signedIn, waitFor, within } from '@lyceum/testing';

import { Player } from './Player';

const vtt = 'WEBVTT\n\n00:00.000 --> 00:30.000\nA string is plucked\n\n00:30.000 --> 01:00.000\nand a wave runs\n\n01:00.000 --> 02:00.000\nto the end of the string';
const player = (startAt: number | null = null) => (
  <Player courseId={examples.id(3)} blockId={examples.id(25)} title="Strings" sources={['/strings.mp4']} captions={[{ language: 'en', address: '/strings.vtt' }]} startAt={startAt} />
);

/** jsdom plays nothing: this is a video of two minutes that starts and stops when it is told. */
function film(): HTMLVideoElement {
  const video = screen.getByLabelText<HTMLVideoElement>('Strings', { selector: 'video' });
  let isPaused = true;
  Object.defineProperties(video, {
    duration: { value: 120 },
    readyState: { value: 1 },
    paused: { get: () => isPaused },
    play: { value: () => { isPaused = false; fireEvent.play(video); return Promise.resolve(); } },
    pause: { value: () => { isPaused = true; fireEvent.pause(video); } },
  });
  fireEvent.loadedMetadata(video);
  return video;
}

function at(video: HTMLVideoElement, seconds: number) {
  act(() => {
    video.currentTime = seconds;
    fireEvent.timeUpdate(video);
  });
}

const beats: { seconds: number }[] = [];

beforeEach(() => {
  beats.length = 0;
  server.use(
    ...signedIn,
    http.get('/strings.vtt', () => HttpResponse.text(vtt)),
    http.post('/api/v1/progress/heartbeats', async ({ request }) => {
      const { heartbeats } = (await request.json()) as { heartbeats: { seconds: number }[] };
      beats.push(...heartbeats);
      return HttpResponse.json({ results: heartbeats.map(() => ({ result: 'accepted' })) });
    }),
  );
});

test('every control has a key', async () => {
  const { user, container } = await render(player());
  const video = film();
  expect(await axe(container)).toHaveNoViolations();
  screen.getByRole('button', { name: 'Mute' }).focus();
  await user.keyboard('k');
  expect(video.paused).toBe(false);
  await user.keyboard('k');
  expect(video.paused).toBe(true);
  await user.keyboard('{ArrowRight}l');
  expect(video.currentTime).toBe(15);
  await user.keyboard('{ArrowLeft}j');
  expect(video.currentTime).toBe(0);
  await user.keyboard('5');
  expect(video.currentTime).toBe(60);
  await user.keyboard('{End}');
  expect(video.currentTime).toBe(120);
  await user.keyboard('{ArrowDown}');
  expect(video.volume).toBeCloseTo(0.9);
  await user.keyboard('>>');
  expect(video.playbackRate).toBe(1.5);
  await user.keyboard('m');
  expect(screen.getByRole('button', { name: 'Sound on' })).toBeVisible();
  await user.keyboard('{Home}c');
  expect(await screen.findByText('A string is plucked', { selector: 'p span' })).toBeVisible();
  fireEvent.click(video);
  expect(video.paused).toBe(false);
});

test('speed and place are there again, and the place is told to the server', async () => {
  const { user, unmount } = await render(player());
  const video = film();
  await user.click(screen.getByRole('button', { name: 'Play' }));
  at(video, 42.7);
  await user.keyboard('>');
  await waitFor(() => expect(beats.map(({ seconds }) => seconds)).toContain(42));
  unmount();
  await render(player(90));
  const again = film();
  expect(again.currentTime).toBe(42);
  expect(again.playbackRate).toBe(1.25);
});

test('a video goes on where another device left it, but not at its very end', async () => {
  const { unmount } = await render(player(75));
  expect(film().currentTime).toBe(75);
  unmount();
  await render(player(118));
  expect(film().currentTime).toBe(0);
});

test('the transcript is searched, leads to its places, and follows the video again', async () => {
  const { user, container } = await render(player());
  const video = film();
  await user.click(await screen.findByRole('button', { name: 'Transcript' }));
  expect(await screen.findByText('and a wave runs')).toBeVisible();
  await user.type(screen.getByRole('searchbox', { name: 'Search the transcript' }), 'STRING');
  expect(await screen.findByText('2 lines')).toBeVisible();
  expect(screen.getAllByText('string', { selector: 'mark' })).toHaveLength(2);
  await user.click(screen.getByRole('button', { name: /1:00/ }));
  expect(video.currentTime).toBe(60);
  await user.clear(screen.getByRole('searchbox'));
  at(video, 61);
  const list = within(container).getByRole('list');
  expect(within(list).getByRole('button', { current: true })).toHaveTextContent('to the end');
  fireEvent.wheel(list);
  await user.click(await screen.findByRole('button', { name: 'Back to what is said now' }));
  expect(screen.queryByRole('button', { name: 'Back to what is said now' })).not.toBeInTheDocument();
});

test('a transcript that can’t be loaded says so', async () => {
  server.use(http.get('/strings.vtt', () => HttpResponse.error()));
  const { user } = await render(player());
  await user.click(await screen.findByRole('button', { name: 'Transcript' }));
  expect(await screen.findByText('The transcript could not be loaded.')).toBeVisible();
});
