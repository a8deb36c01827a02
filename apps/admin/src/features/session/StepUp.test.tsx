import { useAssignRoleMutation } from '@lyceum/api-client/auth';
import { allowed, axe, examples, http, HttpResponse, refuses, render, screen, server, signedIn, waitFor } from '@lyceum/testing';

import { StepUp } from './StepUp';

const STEP_UP = '/api/v1/session/step-up';
const assigned = { id: examples.id(9), user_id: examples.id(5), role: 'author', scope: 'platform', scope_id: null, assigned_by: null, assigned_at: '2026-03-01T09:00:00Z' };

/** A page with two buttons that do something for which a recent proof is wanted. */
function Page() {
  const [assign, { data, error }] = useAssignRoleMutation();
  const [again] = useAssignRoleMutation();
  const request = { assignmentRequest: { user_id: examples.id(5), role: 'author', scope: 'platform' as const, scope_id: null } };
  return (
    <>
      <button onClick={() => void assign(request)}>Give</button>
      <button onClick={() => void Promise.all([assign(request), again(request)])}>Give twice</button>
      <p>{data ? `Given: ${data.role}` : error ? 'Refused' : ''}</p>
      <StepUp />
    </>
  );
}

/** Refuses until there was a proof; counts what came, and with which token. */
function wantsProof() {
  const seen: (string | null)[] = [];
  let proved = false;
  server.use(
    http.post('/api/v1/role-assignments', ({ request }) => {
      seen.push(request.headers.get('X-CSRF-Token'));
      const problem = { type: 'urn:x', title: 'Prove once more that it is you', status: 401, detail: '', code: 'step-up-required' };
      return proved ? HttpResponse.json(assigned, { status: 201 }) : HttpResponse.json(problem, { status: 401 });
    }),
    http.post(STEP_UP, async ({ request }) => {
      const { password } = (await request.json()) as { password: string };
      if (password !== 'analytical') return HttpResponse.json({ type: 'urn:x', title: 'No', status: 403, detail: 'No', code: 'auth.wrong-password' }, { status: 403 });
      proved = true;
      return HttpResponse.json({ ...examples.session, csrf_token: 'another' });
    }),
  );
  return seen;
}

beforeEach(() => server.use(allowed('auth.role.assign'), ...signedIn));

test('the password is asked for, and what was refused is sent again with the new token', async () => {
  const seen = wantsProof();
  const { user, baseElement } = await render(<Page />);
  await user.click(screen.getByRole('button', { name: 'Give' }));
  expect(await screen.findByRole('dialog', { name: 'Is it you?' })).toBeVisible();
  expect(await axe(baseElement)).toHaveNoViolations();
  expect(screen.getByLabelText('Password')).toHaveFocus();
  await user.type(screen.getByLabelText('Password'), 'analytical{Enter}');
  expect(await screen.findByText('Given: author')).toBeInTheDocument();
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  expect(seen).toHaveLength(2);
  expect(seen[1]).toBe('another');
});

test('a wrong password says so and leaves the field empty', async () => {
  const seen = wantsProof();
  const { user } = await render(<Page />);
  await user.click(screen.getByRole('button', { name: 'Give' }));
  await user.type(await screen.findByLabelText('Password'), 'wrong{Enter}');
  expect(await screen.findByRole('alert')).toHaveTextContent('Check your password.');
  expect(screen.getByLabelText('Password')).toHaveValue('');
  expect(seen).toHaveLength(1);
});

test('too many attempts are told in the words of the API', async () => {
  wantsProof();
  server.use(refuses('post', STEP_UP, 429, 'auth.sign-in-locked', { detail: 'Wait before the next one' }));
  const { user } = await render(<Page />);
  await user.click(screen.getByRole('button', { name: 'Give' }));
  await user.type(await screen.findByLabelText('Password'), 'analytical{Enter}');
  expect(await screen.findByRole('alert')).toHaveTextContent('Wait before the next one');
});

test('who would rather not gets the refusal', async () => {
  const seen = wantsProof();
  const { user } = await render(<Page />);
  await user.click(screen.getByRole('button', { name: 'Give' }));
  await screen.findByRole('dialog');
  await user.keyboard('{Escape}');
  expect(await screen.findByText('Refused')).toBeInTheDocument();
  expect(seen).toHaveLength(1);
});

test('two requests at once share one question', async () => {
  const seen = wantsProof();
  const { user } = await render(<Page />);
  await user.click(screen.getByRole('button', { name: 'Give twice' }));
  await user.type(await screen.findByLabelText('Password'), 'analytical{Enter}');
  await waitFor(() => expect(seen).toHaveLength(4));
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
});

test('who has no password can sign in anew', async () => {
  wantsProof();
  let signedOut = false;
  server.use(http.delete('/api/v1/session', () => {
    signedOut = true;
    return new HttpResponse(null, { status: 204 });
  }));
  const { user } = await render(<Page />);
  await user.click(screen.getByRole('button', { name: 'Give' }));
  await user.click(await screen.findByRole('button', { name: 'Sign in anew' }));
  await waitFor(() => expect(signedOut).toBe(true));
});
