import { useTranslation } from '@lyceum/i18n';
import { Button, Card } from '@lyceum/ui';
import { Save } from 'lucide-react';

import { Offered } from '../saving/Offered';
import { SaveLine } from '../saving/SaveLine';
import { TwoVersions } from '../saving/TwoVersions';
import { useAutosave } from '../saving/use-autosave';
import { ItemForm } from './ItemForm';
import { ItemPreview } from './ItemPreview';
import type { Item } from './items';
import { ShownItem } from './ShownItem';

export interface QuestionEditorProps {
  courseId: string;
  /** What this device's copies are kept under. */
  name: string;
  stored: Item;
  version: number;
  save: (item: Item, version: number) => Promise<number>;
  /** What the server has now, where it has another version; it is asked for when that is found out. */
  others: { item: Item; version: number } | undefined;
  othersError: unknown;
  onOthers: () => void;
}

/**
 * A question beside what learners see of it. It is saved when its author says so: every version is kept, for the attempts
 * that have met it.
 */
export function QuestionEditor({ courseId, name, stored, version, save, others, othersError, onOthers }: QuestionEditorProps) {
  const { t } = useTranslation('editor');
  const draft = useAutosave<Item>({ name, stored, version, save, isManual: true });
  const { value, state, problem, change, retry } = draft;
  const show = (item: Item, other?: Item) => <ShownItem item={item} other={other} />;
  if (state === 'conflict') {
    return (
      <TwoVersions draft={draft} theirs={others && { value: others.item, version: others.version }} error={othersError} onRetry={onOthers} show={show} />
    );
  }
  return (
    <div className="flex flex-col gap-5">
      <Offered draft={draft} show={show} />
      <div className="grid items-start gap-6 2xl:grid-cols-2">
        <ItemForm courseId={courseId} item={value} onChange={change} />
        <section aria-label={t('preview.title')} className="2xl:sticky 2xl:top-24">
          <Card>
            <h4 className="border-b border-line px-5 py-3 text-lg">{t('preview.title')}</h4>
            <div className="p-5">
              <ItemPreview courseId={courseId} item={value} />
            </div>
          </Card>
        </section>
      </div>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2 border-t border-line pt-4">
        <Button variant="primary" icon={<Save size={18} aria-hidden />} isDisabled={version > 0 && (state === 'clean' || state === 'saved')} isPending={state === 'saving'} onPress={retry}>
          {t('question.save')}
        </Button>
        <SaveLine state={state} problem={problem} onRetry={retry} isManual />
      </div>
    </div>
  );
}
