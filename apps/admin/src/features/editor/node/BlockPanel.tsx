import { useGetNodeQuery, type NodeEdit, type NodeView } from '@lyceum/api-client/course';
import { useTranslation } from '@lyceum/i18n';
import { ErrorState, Loading, Skeleton } from '@lyceum/ui';
import { lazy, Suspense } from 'react';

import { EmbedForm } from '../blocks/EmbedForm';
import { FileForm } from '../blocks/FileForm';
import { ShownContent } from '../blocks/ShownContent';
import { VideoForm } from '../blocks/VideoForm';
import type { Content } from '../blocks/contents';
import { useEditor } from '../editor-context';
import { Offered } from '../saving/Offered';
import { SaveLine } from '../saving/SaveLine';
import { TwoVersions } from '../saving/TwoVersions';
import { useAutosave } from '../saving/use-autosave';
import { useFields } from '../saving/use-fields';

// The rich text editor and the editor of questions weigh more than all the rest: they come when one is opened.
const TextForm = lazy(async () => ({ default: (await import('../text/TextForm')).TextForm }));
const Problem = lazy(async () => ({ default: (await import('../questions/Problem')).Problem }));

/** What a block holds, to be changed. */
export function BlockPanel({ nodeId }: { nodeId: string }) {
  const { courseId } = useEditor();
  const { currentData: node, error, isFetching, refetch } = useGetNodeQuery({ courseId, nodeId });
  if (node) return <BlockEditor key={node.id} node={node} />;
  if (error) return <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />;
  return <PlaceOfEditor />;
}

function PlaceOfEditor() {
  return (
    <Loading className="flex flex-col gap-3">
      <Skeleton className="h-11 w-40" />
      <Skeleton className="h-96 w-full rounded-lg" />
    </Loading>
  );
}

const contentOf = ({ content }: NodeView) => content as Content;
const withContent = (content: Content): NodeEdit => ({ content });

function BlockEditor({ node: opened }: { node: NodeView }) {
  const { t } = useTranslation('editor');
  const { courseId } = useEditor();
  const save = useFields<Content>({ courseId, opened, pick: contentOf, changes: withContent });
  const draft = useAutosave<Content>({ name: opened.id, stored: opened.content as Content, version: opened.version, save });
  const { value, state, change } = draft;
  const theirs = useGetNodeQuery({ courseId, nodeId: opened.id }, { skip: state !== 'conflict', refetchOnMountOrArgChange: true });
  const others = theirs.isFetching ? undefined : theirs.currentData;
  const show = (one: Content, other?: Content) => <ShownContent content={one} other={other} />;
  return (
    <div className="flex flex-col gap-4">
      <Offered draft={draft} show={show} />
      {state === 'conflict' ? (
        <TwoVersions
          draft={draft}
          theirs={others && { value: contentOf(others), version: others.version }}
          error={theirs.error}
          onRetry={() => void theirs.refetch()}
          show={show}
        />
      ) : (
        <Suspense fallback={<PlaceOfEditor />}>
          <section aria-label={t('content')}>
            {value.kind === 'rich_text' && <TextForm courseId={courseId} content={value} onChange={change} />}
            {value.kind === 'video' && <VideoForm courseId={courseId} content={value} onChange={change} />}
            {value.kind === 'file' && <FileForm courseId={courseId} content={value} onChange={change} />}
            {value.kind === 'embed' && <EmbedForm content={value} onChange={change} />}
            {value.kind === 'problem' && <Problem courseId={courseId} title={opened.title} content={value} onChange={change} />}
          </section>
        </Suspense>
      )}
      {/* Questions are saved one by one; of the block itself there is only which quiz it asks. */}
      {(value.kind !== 'problem' || state !== 'clean') && <SaveLine state={state} problem={draft.problem} onRetry={draft.retry} />}
    </div>
  );
}
