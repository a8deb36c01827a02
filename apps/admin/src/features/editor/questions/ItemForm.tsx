import { useTranslation } from '@lyceum/i18n';
import { Button, Disclosure, DisclosureGroup, IconButton, TextField } from '@lyceum/ui';
import { Plus, X } from 'lucide-react';

import { HtmlField } from '../text/HtmlField';
import { AcceptedNumbers, AcceptedTexts } from './Accepted';
import type { Item, ItemBase } from './items';
import { MarkupField } from './MarkupField';
import { CreditedOptions, TickedOptions } from './Options';

interface ItemFormProps {
  courseId: string;
  item: Item;
  onChange: (item: Item) => void;
}

/** Everything that an author writes of a question. */
export function ItemForm({ courseId, item, onChange }: ItemFormProps) {
  const { t } = useTranslation('editor');
  const set = (changes: Partial<ItemBase>) => onChange({ ...item, ...changes });
  const feedback = Object.values(item.feedback).filter(Boolean).length;
  return (
    <div className="flex flex-col gap-6">
      <HtmlField courseId={courseId} label={t('question.prompt')} html={item.prompt} onChange={(prompt) => set({ prompt })} isSmall />
      <Key courseId={courseId} item={item} onChange={onChange} />
      <DisclosureGroup allowsMultipleExpanded>
        <Disclosure title={t('question.feedback')} aside={feedback > 0 ? feedback : undefined}>
          <div className="flex flex-col gap-4">
            {(['right', 'partly', 'wrong', 'general'] as const).map((outcome) => (
              <MarkupField key={outcome} courseId={courseId} label={t(`question.feedback-${outcome}`)} html={item.feedback[outcome]} onChange={(text) => set({ feedback: { ...item.feedback, [outcome]: text } })} />
            ))}
            <MarkupField courseId={courseId} label={t('question.explanation')} html={item.explanation} onChange={(explanation) => set({ explanation })} />
          </div>
        </Disclosure>
        <Disclosure title={t('question.hints')} aside={item.hints.length > 0 ? item.hints.length : undefined}>
          <div className="flex flex-col items-start gap-4">
            {item.hints.map((hint, at) => (
              <div key={at} className="flex w-full items-end gap-1">
                <div className="min-w-0 grow">
                  <MarkupField courseId={courseId} label={t('question.hint', { number: at + 1 })} html={hint} onChange={(text) => set({ hints: item.hints.map((one, index) => (index === at ? text : one)) })} />
                </div>
                <IconButton label={t('question.remove-hint', { number: at + 1 })} onPress={() => set({ hints: item.hints.filter((_, index) => index !== at) })}>
                  <X size={18} aria-hidden />
                </IconButton>
              </div>
            ))}
            <Button icon={<Plus size={18} aria-hidden />} onPress={() => set({ hints: [...item.hints, ''] })}>
              {t('question.add-hint')}
            </Button>
          </div>
        </Disclosure>
        <Disclosure title={t('question.more')}>
          <div className="flex flex-wrap gap-4">
            <TextField label={t('question.title')} description={t('question.title-note')} value={item.title} onChange={(title) => set({ title })} className="min-w-48 grow" />
            <TextField label={t('question.weight')} inputMode="decimal" value={item.weight} onChange={(weight) => set({ weight })} className="w-32" />
          </div>
        </Disclosure>
      </DisclosureGroup>
    </div>
  );
}

function Key({ courseId, item, onChange }: ItemFormProps) {
  switch (item.type) {
    case 'single_choice':
    case 'dropdown':
      return <CreditedOptions courseId={courseId} item={item} onChange={onChange} />;
    case 'multiple_choice':
      return <TickedOptions courseId={courseId} item={item} onChange={onChange} />;
    case 'numeric':
      return <AcceptedNumbers courseId={courseId} item={item} onChange={onChange} />;
    case 'short_text':
      return <AcceptedTexts courseId={courseId} item={item} onChange={onChange} />;
  }
}
