import { allItems } from '@lyceum/api-client';
import { useBrowseCatalogueInfiniteQuery, type CatalogueFilter } from '@lyceum/api-client/course';
import { useTranslation } from '@lyceum/i18n';
import { Button, EmptyState, ErrorState, LoadMore, PageBody, PageHeader } from '@lyceum/ui';
import { SearchX } from 'lucide-react';

import { CourseCards, CourseCardSkeletons } from '../course-card';
import { Filters } from './Filters';
import { useCatalogueFilter } from './use-catalogue-filter';

/** All published courses; what they are narrowed to stands in the address. */
export function CatalogPage() {
  const { t } = useTranslation('catalog');
  const { filter, change, clear } = useCatalogueFilter();
  return (
    <PageBody>
      <PageHeader title={t('title')} lead={t('lead')} />
      <Filters filter={filter} onChange={change} />
      <Results filter={filter} onClear={clear} />
    </PageBody>
  );
}

function Results({ filter, onClear }: { filter: CatalogueFilter; onClear: () => void }) {
  const { t } = useTranslation('catalog');
  // `data` would still be the list of the filter before.
  const { currentData, error, isFetching, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useBrowseCatalogueInfiniteQuery(filter);
  const isNarrowed = Object.keys(filter).length > 0;
  if (error && !currentData) return <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />;
  if (!currentData) return <CourseCardSkeletons count={6} />;
  const courses = allItems(currentData);
  if (courses.length === 0) {
    return (
      <EmptyState
        icon={<SearchX size={32} strokeWidth={1.5} aria-hidden />}
        title={isNarrowed ? t('none-found') : t('none')}
        action={isNarrowed && <Button onPress={onClear}>{t('clear')}</Button>}
      >
        {isNarrowed ? t('none-found-detail') : t('none-detail')}
      </EmptyState>
    );
  }
  return (
    <>
      <p role="status" className="sr-only">
        {t('shown', { count: courses.length })}
      </p>
      <CourseCards courses={courses} level={2} />
      <LoadMore hasMore={hasNextPage} isLoading={isFetchingNextPage} onLoad={() => void fetchNextPage()} />
    </>
  );
}
