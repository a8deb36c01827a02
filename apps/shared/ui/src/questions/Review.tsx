import { useFormatting, useTranslation } from '@lyceum/i18n';

import { RichText } from '../content/RichText';
import { Notice } from '../states/Notice';
import { plain } from './plain';
import type { ShownQuestion, ShownReview } from './values';

export interface ReviewProps {
  review: ShownReview;
  /** Those of the question: a key names options by their ids. */
  options?: ShownQuestion['options'] | undefined;
}

/** What may be told of an answer in this phase: how good it is, why, and what would have been right. */
export function Review({ review, options = [] }: ReviewProps) {
  const { t } = useTranslation('ui');
  const format = useFormatting();
  const outcome = review.outcome ?? null;
  const titles = { right: t('question.outcome.right'), partly: t('question.outcome.partly'), wrong: t('question.outcome.wrong'), blank: t('question.outcome.blank') };
  const tones = { right: 'ok', partly: 'warn', wrong: 'warn', blank: 'plain' } as const;
  const comments = [...(review.feedback ?? []), ...(review.parts ?? []).filter(({ chosen }) => chosen).map(({ feedback }) => feedback)].filter(Boolean);
  const words = new Map(options.map(({ id, content }) => [id, plain(content)]));
  // Who answered right knows it.
  const key = outcome === 'right' ? [] : (review.key ?? []).map((one) => words.get(one) ?? one);
  if (outcome === null && comments.length === 0 && key.length === 0 && !review.explanation) return null;
  return (
    <div role="status">
      <Notice tone={outcome === null ? 'plain' : tones[outcome]} {...(outcome === null ? {} : { title: titles[outcome] })}>
        {review.points !== undefined && review.points !== null && review.max_points !== undefined && review.max_points !== null && (
          <p className="text-sm text-ink-2 tabular-nums">
            {t('question.points', { points: format.number(Number(review.points)), of: format.number(Number(review.max_points)) })}
          </p>
        )}
        {comments.map((html, index) => (
          <RichText key={index} html={html} className="text-base" />
        ))}
        {key.length > 0 && (
          <p>
            {t('question.key')} <bdi>{key.join(' · ')}</bdi>
          </p>
        )}
        {review.explanation && <RichText html={review.explanation} className="text-base" />}
      </Notice>
    </div>
  );
}
