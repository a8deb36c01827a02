import { isApiProblem } from '@lyceum/api-client';
import { useTranslation } from '@lyceum/i18n';
import { Button, ErrorState, Notice, RichText } from '@lyceum/ui';
import { Question, Review, toResponse, type AnswerValue } from '@lyceum/ui/questions';
import { Lightbulb } from 'lucide-react';
import { useState } from 'react';

import { PlaceOfBlock } from '../preview/PlaceOfBlock';
import { withAddresses } from '../preview/addresses';
import type { Item } from './items';
import { usePreview, type Trial } from './use-preview';

const fresh: Trial = { response: null, hints: 0 };

/** A question as its learners meet it. Answers can be tried: the server tells what it would tell them, and keeps nothing. */
export function ItemPreview({ courseId, item }: { courseId: string; item: Item }) {
  const { t } = useTranslation('editor');
  const [value, setValue] = useState<AnswerValue>(item.type === 'multiple_choice' ? [] : '');
  const [trial, setTrial] = useState(fresh);
  const { shown, error, isAsking } = usePreview(courseId, item, trial);
  const problem = isApiProblem(error) ? error : null;
  const faults = problem?.status === 422 ? problem.errors : [];
  if (!shown && problem && faults.length === 0) return <ErrorState error={problem} onRetry={() => setTrial({ ...trial })} />;
  const question = shown && { ...shown, prompt: withAddresses(courseId, shown.prompt), options: (shown.options ?? []).map((option) => ({ ...option, content: withAddresses(courseId, option.content) })) };
  const hintCount = shown?.hint_count ?? 0;
  return (
    <div className="flex flex-col gap-4">
      {faults.length > 0 && (
        <Notice title={t('preview.not-ready')}>
          <ul className="list-disc ps-5">
            {faults.map(({ pointer, detail }) => (
              <li key={pointer + detail}>{detail}</li>
            ))}
          </ul>
        </Notice>
      )}
      {!question && faults.length === 0 && <PlaceOfBlock />}
      {question && (
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            setTrial({ ...trial, response: toResponse(item.type, value) });
          }}
        >
          <Question item={question} value={value} onChange={setValue} />
          {question.review && <Review review={question.review} options={question.options} />}
          <div className="flex flex-wrap items-center gap-3">
            <Button type="submit" isPending={isAsking && trial.response !== null}>
              {t('preview.try')}
            </Button>
            {trial.hints < hintCount && (
              <Button variant="quiet" icon={<Lightbulb size={18} aria-hidden />} onPress={() => setTrial({ ...trial, hints: trial.hints + 1 })}>
                {t('preview.hint', { number: trial.hints + 1, count: hintCount })}
              </Button>
            )}
          </div>
          <ol aria-live="polite" className="flex flex-col gap-2 empty:hidden">
            {(question.hints ?? []).map((html, index) => (
              <li key={index} className="flex gap-3 text-ink-2">
                <Lightbulb size={18} aria-hidden className="mt-1 shrink-0 text-accent" />
                <RichText html={withAddresses(courseId, html)} />
              </li>
            ))}
          </ol>
        </form>
      )}
    </div>
  );
}
