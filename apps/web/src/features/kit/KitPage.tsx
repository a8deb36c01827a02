import { PageBody, PageHeader } from '@lyceum/ui';

import { Actions } from './Actions';
import { Content } from './Content';
import { Data } from './Data';
import { Fields } from './Fields';
import { States } from './States';

/** Every component of the kit on one page, to look at. Only in development, so its texts are in English only. */
export function KitPage() {
  return (
    <PageBody>
      <PageHeader title="The kit" lead="Every component in its states: look at it in both themes, both directions, narrow and wide." />
      <div className="flex flex-col gap-14">
        <Actions />
        <Fields />
        <Data />
        <Content />
        <States />
      </div>
    </PageBody>
  );
}
