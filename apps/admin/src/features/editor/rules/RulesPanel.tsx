import { useGetMeQuery } from '@lyceum/api-client/identity';
import { useGetNodeQuery, type DraftNode, type NodeView } from '@lyceum/api-client/course';
import { useTranslation } from '@lyceum/i18n';
import { Disclosure, DisclosureGroup, ErrorState } from '@lyceum/ui';
import { useState } from 'react';

import { useEditor } from '../editor-context';
import { PlaceOfRules } from './PlaceOfRules';
import { isUsual, rulesOf, usualRule } from './rules';
import { RulesForm } from './RulesForm';
import { useWords } from './use-words';

/** When a part of the course is done and when it may be taken: a line that says it, which opens to change it. */
export function RulesPanel({ node }: { node: DraftNode }) {
  const { courseId } = useEditor();
  const { currentData: view, error, isFetching, refetch } = useGetNodeQuery({ courseId, nodeId: node.id });
  // Moments are in the time zone of the account: the one that its owner chose, wherever this device is.
  const me = useGetMeQuery();
  if (view && me.currentData) return <Rules node={node} view={view} zone={me.currentData.time_zone} />;
  const failed = error ? { error, isFetching, refetch } : me.error ? me : null;
  if (!failed) return <PlaceOfRules />;
  // Of a block, what it holds is not there either, and says so.
  return node.kind === 'block' && error ? null : <ErrorState error={failed.error} isRetrying={failed.isFetching} onRetry={() => void failed.refetch()} />;
}

function Rules({ node, view, zone }: { node: DraftNode; view: NodeView; zone: string }) {
  const { t } = useTranslation('editor');
  const words = useWords(zone);
  const [isOpen, setOpen] = useState(false);
  const rules = rulesOf(view);
  const said = isUsual(rules, node) ? t('rules.usual') : words.summary(rules, usualRule(node)).join(' · ');
  return (
    <DisclosureGroup>
      <Disclosure
        isExpanded={isOpen}
        onExpandedChange={setOpen}
        title={
          <>
            <span className="block">{t('rules.title')}</span>
            <span dir="auto" className="block text-sm font-normal text-ink-2">
              {said}
            </span>
          </>
        }
      >
        {isOpen && <RulesForm node={node} opened={view} zone={zone} />}
      </Disclosure>
    </DisclosureGroup>
  );
}
