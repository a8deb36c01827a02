import { ifMatch } from '@lyceum/api-client';
import { useGetItemQuery, useReviseItemMutation, type ItemView2 } from '@lyceum/api-client/assessment';
import { useTranslation } from '@lyceum/i18n';
import { AlertDialog, Button, Card, classes, DialogTrigger, ErrorState, IconButton, Notice } from '@lyceum/ui';
import { ArrowDown, ArrowUp, ChevronDown, Library, Plus, Trash2 } from 'lucide-react';
import { useCallback, useId, useState, type ReactNode } from 'react';

import { PlaceOfBlock } from '../preview/PlaceOfBlock';
import { paragraphs } from '../text/markup';
import type { Item } from './items';
import { Draw } from './Draw';
import { QuestionEditor } from './QuestionEditor';
import { withCount, withoutEntry, withStep, type QuizContent } from './quizzes';

interface QuestionsProps {
  courseId: string;
  content: QuizContent;
  onChange: (content: QuizContent) => Promise<boolean>;
  onAdd: () => void;
  onBank: () => void;
}

/** The questions of a quiz in their order; one opens to be changed. */
export function Questions({ courseId, content, onChange, onAdd, onBank }: QuestionsProps) {
  const { t } = useTranslation('editor');
  const ids = content.sections.flatMap(({ entries }) => entries).flatMap((entry) => (entry.kind === 'item' ? [entry.item_id] : []));
  const [open, setOpen] = useState<string | null>(ids.length === 1 ? (ids[0] ?? null) : null);
  return (
    <section aria-label={t('problem.questions')} className="flex flex-col items-start gap-4">
      {ids.length === 0 && <p className="text-ink-2">{t('problem.no-questions')}</p>}
      {content.sections.map((section, s) => (
        <ol key={s} className="flex w-full flex-col gap-3 empty:hidden">
          {section.entries.map((entry, e) => {
            const order = (
              <>
                <IconButton label={t('outline.up')} isDisabled={e === 0} onPress={() => void onChange(withStep(content, s, e, -1))}>
                  <ArrowUp size={18} aria-hidden />
                </IconButton>
                <IconButton label={t('outline.down')} isDisabled={e === section.entries.length - 1} onPress={() => void onChange(withStep(content, s, e, 1))}>
                  <ArrowDown size={18} aria-hidden />
                </IconButton>
                <TakeOut onTakeOut={() => void onChange(withoutEntry(content, s, e))} />
              </>
            );
            return (
              <Card as="li" key={entry.kind === 'item' ? entry.item_id : `${entry.bank_id} ${e}`}>
                {entry.kind === 'draw' ? (
                  <Draw courseId={courseId} entry={entry} onCount={(count) => void onChange(withCount(content, s, e, count))} actions={order} />
                ) : (
                  <Question courseId={courseId} itemId={entry.item_id} isOpen={open === entry.item_id} onOpen={() => setOpen(open === entry.item_id ? null : entry.item_id)} actions={order} />
                )}
              </Card>
            );
          })}
        </ol>
      ))}
      <div className="flex flex-wrap gap-3">
        <Button icon={<Plus size={18} aria-hidden />} onPress={onAdd}>
          {t('question.add')}
        </Button>
        <Button icon={<Library size={18} aria-hidden />} onPress={onBank}>
          {t('bank.open')}
        </Button>
      </div>
    </section>
  );
}

function TakeOut({ onTakeOut }: { onTakeOut: () => void }) {
  const { t } = useTranslation('editor');
  return (
    <DialogTrigger>
      <IconButton label={t('question.take-out')}>
        <Trash2 size={18} aria-hidden />
      </IconButton>
      <AlertDialog
        title={t('question.take-out')}
        tone="danger"
        action={t('question.take-out-action')}
        onAction={(close) => {
          close();
          onTakeOut();
        }}
      >
        {t('question.take-out-detail')}
      </AlertDialog>
    </DialogTrigger>
  );
}

interface QuestionProps {
  courseId: string;
  itemId: string;
  isOpen: boolean;
  onOpen: () => void;
  actions: ReactNode;
}

function Question({ courseId, itemId, isOpen, onOpen, actions }: QuestionProps) {
  const { t } = useTranslation('editor');
  const panel = useId();
  const { currentData: view, error, isFetching, refetch } = useGetItemQuery({ itemId });
  if (error && !view) return <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />;
  if (!view) {
    return (
      <div className="p-4">
        <PlaceOfBlock />
      </div>
    );
  }
  const item = view.content as Item;
  return (
    <>
      <div className="flex items-center gap-1 p-1.5">
        <Button variant="quiet" aria-expanded={isOpen} aria-controls={panel} className="min-w-0 shrink! grow justify-start! text-start! whitespace-normal! [&>span]:min-w-0" onPress={onOpen}>
          <ChevronDown size={18} aria-hidden className={classes('shrink-0', !isOpen && '-rotate-90 rtl:rotate-90')} />
          <span className="min-w-0 py-1">
            <span dir="auto" className="line-clamp-2">
              {item.title || paragraphs(item.prompt).join(' ')}
            </span>
            <span className="block text-sm font-normal text-ink-2">{t(`question.type.${item.type}`)}</span>
          </span>
        </Button>
        {actions}
      </div>
      <div id={panel} className="border-t border-line p-4 empty:hidden sm:p-5">
        {isOpen && <Opened courseId={courseId} view={view} isAsking={isFetching} error={error} onAgain={() => void refetch()} />}
        {isOpen && view.retired && <Notice tone="warn">{t('question.retired')}</Notice>}
      </div>
    </>
  );
}

interface OpenedProps {
  courseId: string;
  view: ItemView2;
  isAsking: boolean;
  error: unknown;
  onAgain: () => void;
}

function Opened({ courseId, view, isAsking, error, onAgain }: OpenedProps) {
  const [revise] = useReviseItemMutation();
  // What it was when it was opened: what comes later is not put under the hands of who writes.
  const [opened] = useState(view);
  const save = useCallback(
    async (item: Item, version: number) => {
      const answer = await revise({ itemId: opened.id, 'If-Match': ifMatch(version), itemRequest: { content: { ...item } } });
      if (!answer.error) return answer.data.version;
      onAgain();
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- problems of the API are what is decided by
      throw answer.error;
    },
    [onAgain, opened.id, revise],
  );
  return (
    <QuestionEditor
      courseId={courseId}
      name={`item ${opened.id}`}
      stored={opened.content as Item}
      version={opened.version}
      save={save}
      others={isAsking ? undefined : { item: view.content as Item, version: view.version }}
      othersError={error}
      onOthers={onAgain}
    />
  );
}
