import {
  Checkbox, CheckboxGroup, Choice, ComboBox, FileDrop, NumberField, Option, Radio, RadioGroup, SearchField, Select, Switch, TextArea, TextField,
} from '@lyceum/ui';

import { Specimen } from './Specimen';

const languages = ['Arabic', 'English', 'German', 'Greek', 'Japanese'].map((name) => ({ id: name, name }));

export function Fields() {
  return (
    <Specimen title="Fields">
      <div className="grid items-start gap-x-8 gap-y-6 md:grid-cols-2">
        <TextField label="E-mail address" type="email" placeholder="you@example.org" description="We send a link to it." />
        <TextField label="Display name" defaultValue="A" errorMessage="Use at least two letters." />
        <TextArea label="Summary" placeholder="One or two sentences for the catalogue" />
        <div className="flex flex-col gap-6">
          <SearchField label="Search courses" placeholder="Search courses" defaultValue="quantum" />
          <NumberField label="Attempts" defaultValue={3} minValue={1} />
        </div>
        <Select label="Level" items={languages} defaultValue="German">
          {({ id, name }) => <Option id={id}>{name}</Option>}
        </Select>
        <Choice label="Status" description="Its code comes behind the page's." options={[['', 'Any status'], ['active', 'Active']]} value="" onChange={() => undefined} />
        <ComboBox label="Language" defaultItems={languages} placeholder="Type to find one">
          {({ id, name }) => <Option id={id}>{name}</Option>}
        </ComboBox>
        <RadioGroup label="Who may enrol" defaultValue="all">
          <Radio value="all">Everybody</Radio>
          <Radio value="invited">Only who is invited</Radio>
        </RadioGroup>
        <CheckboxGroup label="Tell me about" defaultValue={['replies']}>
          <Checkbox value="replies">Replies to my posts</Checkbox>
          <Checkbox value="grades">Grades</Checkbox>
        </CheckboxGroup>
        <Switch defaultSelected>Listed in the catalogue</Switch>
        <Switch>Extra time</Switch>
      </div>
      <FileDrop label="Drop an archive here" description="Open edX, Common Cartridge, SCORM or Markdown, up to 2 GB." onFiles={() => undefined} />
    </Specimen>
  );
}
