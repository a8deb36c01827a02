import { useTranslation } from '@lyceum/i18n';
import { Button } from '@lyceum/ui';
import { CircleDot, Hash, ListChecks, PanelTopOpen, TextCursorInput, type LucideIcon } from 'lucide-react';

import { itemTypes, type ItemType } from './items';

const icons: Record<ItemType, LucideIcon> = { single_choice: CircleDot, multiple_choice: ListChecks, dropdown: PanelTopOpen, numeric: Hash, short_text: TextCursorInput };

/** What is to be asked. */
export function QuestionTypes({ onChoose }: { onChoose: (type: ItemType) => void }) {
  const { t } = useTranslation('editor');
  return (
    <div role="group" aria-label={t('question.choose')} className="flex flex-col gap-3">
      <p className="font-medium">{t('question.choose')}</p>
      <div className="flex flex-wrap gap-3">
        {itemTypes.map((type) => {
          const Icon = icons[type];
          return (
            <Button key={type} icon={<Icon size={18} aria-hidden />} onPress={() => onChoose(type)}>
              {t(`question.type.${type}`)}
            </Button>
          );
        })}
      </div>
    </div>
  );
}
