import { render, screen } from '@lyceum/testing';

import { Review } from './Review';

test('what would have been right is told in the words of the options', async () => {
  const options = [{ id: 'a', content: '<p>Three</p>' }, { id: 'b', content: '<p>Four</p>' }];
  await render(<Review review={{ outcome: 'wrong', key: ['b'] }} options={options} />);
  expect(screen.getByText('Four')).toBeVisible();
});
