import { placeOf, type DraftNode } from '@lyceum/api-client/course';
import { useTranslation } from '@lyceum/i18n';
import { ComboBox, IconButton, Option } from '@lyceum/ui';
import { X } from 'lucide-react';
import { useState } from 'react';

import { useEditor } from '../editor-context';
import { KindIcon } from '../outline/icons';
import { pathTo } from '../outline/moves';
import { candidates, MOST_REQUIRED } from './rules';
import { useWords } from './use-words';

// A course may have thousands of parts; who wants one further down writes more of its name.
const MOST_SHOWN = 50;

interface PrerequisitesProps {
  node: DraftNode;
  value: readonly string[];
  onChange: (requires: string[]) => void;
}

/** The parts of the course that have to be done before this one opens. */
export function Prerequisites({ node, value, onChange }: PrerequisitesProps) {
  const { t } = useTranslation('editor');
  const { draft } = useEditor();
  const { part } = useWords(undefined);
  const [written, setWritten] = useState('');
  // The field begins anew after each choice, with the focus in it: it keeps nothing, what was chosen stands above it.
  const [added, setAdded] = useState(0);
  const wanted = written.trim().toLocaleLowerCase();
  const offered = candidates(draft.sections, node.id, value)
    .filter(({ title }) => title.toLocaleLowerCase().includes(wanted))
    .slice(0, MOST_SHOWN);
  return (
    <div role="group" aria-label={t('rules.before')} className="flex flex-col gap-2">
      <p className="text-sm font-medium">{t('rules.before')}</p>
      {value.length === 0 ? (
        <p className="text-ink-2">{t('rules.before-none')}</p>
      ) : (
        <ul className="divide-y divide-line rounded-md border border-line">
          {value.map((id) => {
            const required = placeOf(draft.sections, id)?.node;
            return (
              <li key={id} className="flex items-center gap-3 ps-3 pe-1">
                {required && (
                  <span className="shrink-0 text-ink-2">
                    <KindIcon kind={required.kind} blockKind={required.block_kind} />
                  </span>
                )}
                <span className="min-w-0 grow py-1.5">
                  <bdi className="block">{part(id)}</bdi>
                  <Way sections={draft.sections} id={id} />
                </span>
                <IconButton label={t('rules.before-remove', { title: part(id) })} onPress={() => onChange(value.filter((one) => one !== id))}>
                  <X size={18} aria-hidden />
                </IconButton>
              </li>
            );
          })}
        </ul>
      )}
      {value.length < MOST_REQUIRED ? (
        <ComboBox
          key={added}
          autoFocus={added > 0}
          label={t('rules.before-add')}
          description={t('rules.before-note')}
          items={offered}
          onInputChange={setWritten}
          value={null}
          onChange={(key) => {
            if (key === null) return;
            setWritten('');
            setAdded(added + 1);
            onChange([...value, String(key)]);
          }}
          allowsEmptyCollection
          className="max-w-xl"
        >
          {(one: DraftNode) => (
            <Option id={one.id} textValue={one.title}>
              <span className="flex items-center gap-3">
                <span className="shrink-0 text-ink-2">
                  <KindIcon kind={one.kind} blockKind={one.block_kind} />
                </span>
                <span className="min-w-0">
                  <bdi className="block">{one.title}</bdi>
                  <Way sections={draft.sections} id={one.id} />
                </span>
              </span>
            </Option>
          )}
        </ComboBox>
      ) : (
        <p className="text-sm text-ink-2">{t('rules.before-most', { count: MOST_REQUIRED })}</p>
      )}
    </div>
  );
}

/** What a part is inside of, to tell it from others of the same name. */
function Way({ sections, id }: { sections: DraftNode[]; id: string }) {
  const way = pathTo(sections, id).slice(0, -1);
  if (way.length === 0) return null;
  return (
    <span className="block text-sm text-ink-2">
      {way.map(({ id: around, title }, index) => (
        <span key={around}>
          {index > 0 && ' / '}
          <bdi>{title}</bdi>
        </span>
      ))}
    </span>
  );
}
