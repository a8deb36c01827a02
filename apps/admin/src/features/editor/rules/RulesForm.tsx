import { useCheckDraftQuery, useGetNodeQuery, type DraftNode, type NodeView } from '@lyceum/api-client/course';
import { useTranslation } from '@lyceum/i18n';
import { Notice, Switch } from '@lyceum/ui';

import { useEditor } from '../editor-context';
import { Offered } from '../saving/Offered';
import { SaveLine } from '../saving/SaveLine';
import { TwoVersions } from '../saving/TwoVersions';
import { useAutosave } from '../saving/use-autosave';
import { useFields } from '../saving/use-fields';
import { CompletionField } from './CompletionField';
import { MomentField } from './MomentField';
import { Prerequisites } from './Prerequisites';
import { changesOf, rulesOf, type Rules } from './rules';
import { ShownRules } from './ShownRules';

interface RulesFormProps {
  node: DraftNode;
  opened: NodeView;
  zone: string;
}

/** Changes the rules of a part of the course. They are saved a moment after the last change. */
export function RulesForm({ node, opened, zone }: RulesFormProps) {
  const { courseId } = useEditor();
  const save = useFields<Rules>({ courseId, opened, pick: rulesOf, changes: changesOf });
  const draft = useAutosave<Rules>({ name: `rules ${opened.id}`, stored: rulesOf(opened), version: opened.version, save });
  const { value, state, problem, change, retry } = draft;
  const theirs = useGetNodeQuery({ courseId, nodeId: opened.id }, { skip: state !== 'conflict', refetchOnMountOrArgChange: true });
  const others = theirs.isFetching ? undefined : theirs.currentData;
  const show = (rules: Rules) => <ShownRules rules={rules} zone={zone} />;
  if (state === 'conflict') {
    return (
      <TwoVersions
        draft={draft}
        theirs={others && { value: rulesOf(others), version: others.version }}
        error={theirs.error}
        onRetry={() => void theirs.refetch()}
        show={show}
      />
    );
  }
  return (
    <div className="flex flex-col gap-6 pt-2">
      <Offered draft={draft} show={show} />
      <Fields node={node} value={value} zone={zone} onChange={change} />
      <div className="flex flex-col gap-3">
        <Findings node={node} rules={value} />
        <SaveLine state={state} problem={problem} onRetry={retry} />
      </div>
    </div>
  );
}

interface FieldsProps {
  node: DraftNode;
  value: Rules;
  zone: string;
  onChange: (rules: Rules) => void;
}

function Fields({ node, value, zone, onChange }: FieldsProps) {
  const { t } = useTranslation('editor');
  const isEarly = value.due_at !== null && value.available_from !== null && Date.parse(value.due_at) < Date.parse(value.available_from);
  return (
    <>
      <CompletionField node={node} value={value.completion} onChange={(completion) => onChange({ ...value, completion })} />
      <Prerequisites node={node} value={value.requires} onChange={(requires) => onChange({ ...value, requires })} />
      <div className="flex flex-col gap-2">
        <div className="flex flex-wrap items-start gap-x-6 gap-y-4">
          <MomentField label={t('rules.opens')} description={t('rules.opens-note')} zone={zone} value={value.available_from} onChange={(moment) => onChange({ ...value, available_from: moment })} />
          <MomentField label={t('rules.due')} description={t('rules.due-note')} zone={zone} value={value.due_at} onChange={(moment) => onChange({ ...value, due_at: moment })} {...(isEarly ? { errorMessage: t('rules.due-early') } : {})} />
        </div>
        <p className="text-sm text-ink-2">{t('rules.zone', { zone: zone.replaceAll('_', ' ') })}</p>
      </div>
      <div>
        <Switch isSelected={value.graded} onChange={(graded) => onChange({ ...value, graded })}>
          {t('rules.graded')}
        </Switch>
        <p className="text-sm text-ink-2">{t('rules.graded-note')}</p>
      </div>
    </>
  );
}

const codes = ['requires-itself', 'requires-hidden', 'too-few-children'] as const;

/** What keeps the course from being published, of what is set here; the server finds out with every change. */
function Findings({ node, rules }: { node: DraftNode; rules: Rules }) {
  const { t } = useTranslation('editor');
  const { courseId } = useEditor();
  const isPlain = rules.requires.length === 0 && rules.completion.rule !== 'at-least';
  const { currentData } = useCheckDraftQuery({ courseId }, { skip: isPlain });
  const found = codes.filter((code) => !isPlain && currentData?.findings.some((finding) => finding.code === code && finding.node_id === node.id));
  return (
    <div role="status">
      {found.length > 0 && (
        <Notice tone="warn" title={t('rules.finding.title')}>
          {found.map((code) => (
            <p key={code}>{t(`rules.finding.${code}`)}</p>
          ))}
        </Notice>
      )}
    </div>
  );
}
