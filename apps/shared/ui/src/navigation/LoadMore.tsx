import { useTranslation } from '@lyceum/i18n';
import { ChevronLeft, ChevronRight } from 'lucide-react';

import { Button, IconButton } from '../actions/Button';

export interface LoadMoreProps {
  /** Whether there is more; without it nothing shows. */
  hasMore: boolean;
  isLoading: boolean;
  onLoad: () => void;
}

/** The next items below those that are there. The focus stays on the button while they come. */
export function LoadMore({ hasMore, isLoading, onLoad }: LoadMoreProps) {
  const { t } = useTranslation('ui');
  if (!hasMore) return null;
  return (
    <div className="flex justify-center pt-6">
      <Button isPending={isLoading} onPress={onLoad}>
        {t('list.more')}
      </Button>
    </div>
  );
}

export interface PaginationProps {
  hasPrevious: boolean;
  hasNext: boolean;
  onPrevious: () => void;
  onNext: () => void;
  /** What is shown, such as `1–25 of 120`. */
  summary?: string;
}

/** From page to page of a list that is too long to grow. */
export function Pagination({ hasPrevious, hasNext, onPrevious, onNext, summary }: PaginationProps) {
  const { t } = useTranslation('ui');
  return (
    <nav aria-label={t('list.pages')} className="flex items-center justify-end gap-2 text-sm text-ink-2">
      {summary !== undefined && <p className="me-2 tabular-nums">{summary}</p>}
      <IconButton label={t('list.previous')} variant="secondary" isDisabled={!hasPrevious} onPress={onPrevious}>
        <ChevronLeft size={20} aria-hidden className="rtl:rotate-180" />
      </IconButton>
      <IconButton label={t('list.next')} variant="secondary" isDisabled={!hasNext} onPress={onNext}>
        <ChevronRight size={20} aria-hidden className="rtl:rotate-180" />
      </IconButton>
    </nav>
  );
}
