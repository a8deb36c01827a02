import { axe, render, screen, within } from '@lyceum/testing';

import {
  Checkbox, CheckboxGroup, ComboBox, FileDrop, NumberField, Option, Radio, RadioGroup, SearchField, Select, Switch, TextArea, TextField,
} from '..';

const levels = [
  { id: 'easy', name: 'Easy' },
  { id: 'hard', name: 'Hard' },
];

test('a text field has a name, a description and its error', async () => {
  const onChange = jest.fn();
  const { user, container } = await render(<TextField label="Name" description="As others see it." errorMessage="Too short." onChange={onChange} />);
  const input = screen.getByRole('textbox', { name: 'Name' });
  expect(input).toBeInvalid();
  expect(input).toHaveAccessibleDescription(/As others see it\..*Too short\./);
  await user.type(input, 'Ad');
  expect(onChange).toHaveBeenLastCalledWith('Ad');
  expect(await axe(container)).toHaveNoViolations();
});

test('a text area takes several lines', async () => {
  const onChange = jest.fn();
  const { user } = await render(<TextArea label="Summary" onChange={onChange} />);
  await user.type(screen.getByRole('textbox', { name: 'Summary' }), 'a{Enter}b');
  expect(onChange).toHaveBeenLastCalledWith('a\nb');
});

test('a search field searches by Enter and is emptied by its cross', async () => {
  const onSubmit = jest.fn();
  const onChange = jest.fn();
  const { user } = await render(<SearchField label="Search courses" onSubmit={onSubmit} onChange={onChange} />);
  await user.type(screen.getByRole('searchbox', { name: 'Search courses' }), 'waves{Enter}');
  expect(onSubmit).toHaveBeenCalledWith('waves');
  await user.click(screen.getByRole('button', { name: 'Clear' }));
  expect(onChange).toHaveBeenLastCalledWith('');
});

test('a number field steps within its limits', async () => {
  const onChange = jest.fn();
  const { user } = await render(<NumberField label="Attempts" defaultValue={1} minValue={1} maxValue={2} onChange={onChange} />);
  await user.click(screen.getByRole('button', { name: /Increase/ }));
  expect(onChange).toHaveBeenLastCalledWith(2);
  expect(screen.getByRole('button', { name: /Increase/ })).toBeDisabled();
});

test('a select is opened and chosen from by keyboard', async () => {
  const onChange = jest.fn();
  const { user, container } = await render(
    <Select label="Level" items={levels} onChange={onChange}>
      {({ id, name }) => <Option id={id}>{name}</Option>}
    </Select>,
  );
  expect(await axe(container)).toHaveNoViolations();
  await user.tab();
  await user.keyboard('{Enter}');
  await screen.findByRole('listbox');
  await user.keyboard('{ArrowDown}{Enter}');
  expect(onChange).toHaveBeenCalledWith('hard');
});

test('a combo box shows what matches', async () => {
  const { user } = await render(
    <ComboBox label="Level" defaultItems={levels}>
      {({ id, name }) => <Option id={id}>{name}</Option>}
    </ComboBox>,
  );
  await user.type(screen.getByRole('combobox', { name: 'Level' }), 'ha');
  const options = within(await screen.findByRole('listbox')).getAllByRole('option');
  expect(options.map((option) => option.textContent)).toEqual(['Hard']);
});

test('check boxes are chosen one by one', async () => {
  const onChange = jest.fn();
  const { user, container } = await render(
    <CheckboxGroup label="Tell me about" onChange={onChange}>
      <Checkbox value="replies">Replies</Checkbox>
      <Checkbox value="grades">Grades</Checkbox>
    </CheckboxGroup>,
  );
  await user.click(screen.getByRole('checkbox', { name: 'Grades' }));
  await user.click(screen.getByRole('checkbox', { name: 'Replies' }));
  expect(onChange).toHaveBeenLastCalledWith(['grades', 'replies']);
  expect(await axe(container)).toHaveNoViolations();
});

test('of radio buttons one is chosen, by arrows too', async () => {
  const onChange = jest.fn();
  const { user } = await render(
    <RadioGroup label="Who may enrol" onChange={onChange}>
      <Radio value="all">Everybody</Radio>
      <Radio value="invited">Who is invited</Radio>
    </RadioGroup>,
  );
  await user.click(screen.getByRole('radio', { name: 'Everybody' }));
  await user.keyboard('{ArrowDown}');
  expect(onChange).toHaveBeenLastCalledWith('invited');
  expect(screen.getByRole('radio', { name: 'Who is invited' })).toBeChecked();
});

test('a switch goes on and off', async () => {
  const onChange = jest.fn();
  const { user } = await render(<Switch onChange={onChange}>Listed</Switch>);
  await user.tab();
  await user.keyboard(' ');
  expect(screen.getByRole('switch', { name: 'Listed' })).toBeChecked();
  expect(onChange).toHaveBeenCalledWith(true);
});

test('a chosen file is handed over', async () => {
  const onFiles = jest.fn();
  const { user, container } = await render(<FileDrop label="Drop an archive here" onFiles={onFiles} />);
  const file = new File(['x'], 'course.zip', { type: 'application/zip' });
  const input = container.querySelector<HTMLInputElement>('input[type=file]');
  if (!input) throw new Error('there is no input for files');
  await user.upload(input, file);
  expect(onFiles).toHaveBeenCalledWith([file]);
});
