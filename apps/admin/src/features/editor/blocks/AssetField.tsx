import { isApiProblem, uploadAsset, UploadFailed, type AppStore } from '@lyceum/api-client';
import { useListAssetsQuery, type AssetView } from '@lyceum/api-client/course';
import { useFormatting, useTranslation } from '@lyceum/i18n';
import { ComboBox, ErrorState, FileDrop, Loading, Notice, Option, ProgressBar, Skeleton } from '@lyceum/ui';
import { useState } from 'react';
import { useDispatch } from 'react-redux';

import { freePath } from './paths';

export interface AssetFieldProps {
  courseId: string;
  label: string;
  /** The path of the chosen file; empty where none is. */
  value: string;
  onChange: (path: string) => void;
  /** The beginning of the media types that are meant, such as `image/`. */
  type?: string;
  /** What the browser's own dialog offers, such as `.vtt`. */
  accept?: readonly string[];
}

/** One of the course's files, or a new one. */
export function AssetField({ courseId, label, value, onChange, type = '', accept }: AssetFieldProps) {
  const { t } = useTranslation('editor');
  const format = useFormatting();
  const { currentData: assets, error, isFetching, refetch } = useListAssetsQuery({ courseId });
  if (error) return <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />;
  if (!assets) {
    return (
      <Loading className="flex flex-col gap-2">
        <Skeleton className="h-18" />
        <Skeleton className="h-52 rounded-lg" />
      </Loading>
    );
  }
  const fitting = assets.filter((asset) => fits(asset, type, accept));
  const isGone = value !== '' && !assets.some(({ path }) => path === value);
  return (
    <div className="flex flex-col gap-4">
      {fitting.length > 0 && (
        <ComboBox
          label={label}
          defaultItems={fitting.map((asset) => ({ ...asset, id: asset.path }))}
          value={value === '' ? null : value}
          onChange={(key) => {
            if (key !== null) onChange(String(key));
          }}
        >
          {({ path, size }: AssetView) => (
            <Option id={path} textValue={path}>
              <bdi>{path}</bdi> <span className="text-sm text-ink-2">{format.bytes(size)}</span>
            </Option>
          )}
        </ComboBox>
      )}
      {isGone && <Notice tone="warn">{t('asset.gone', { path: value })}</Notice>}
      <Upload courseId={courseId} label={fitting.length > 0 ? t('asset.upload') : label} taken={assets.map(({ path }) => path)} accept={accept ?? (type === '' ? undefined : [`${type}*`])} onDone={onChange} />
    </div>
  );
}

function fits({ media_type: mediaType, path }: AssetView, type: string, accept: readonly string[] | undefined): boolean {
  return accept ? accept.some((ending) => path.toLowerCase().endsWith(ending)) : mediaType.startsWith(type);
}

interface UploadProps {
  courseId: string;
  label: string;
  taken: readonly string[];
  accept: readonly string[] | undefined;
  onDone: (path: string) => void;
}

function Upload({ courseId, label, taken, accept, onDone }: UploadProps) {
  const { t } = useTranslation('editor');
  const dispatch: AppStore['dispatch'] = useDispatch();
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const send = async (file: File) => {
    setShare(0);
    setProblem(null);
    try {
      const { path } = await dispatch(uploadAsset(courseId, freePath(file.name, taken), file, { onProgress: setShare }));
      onDone(path);
    } catch (error) {
      const { detail } = error instanceof UploadFailed && isApiProblem(error.problem) ? error.problem : { detail: '' };
      setProblem(detail || t('asset.failed'));
    }
    setShare(null);
  };
  return (
    <div className="flex flex-col gap-3">
      {problem !== null && (
        <Notice tone="bad" title={t('asset.failed')}>
          <p>{problem}</p>
        </Notice>
      )}
      {share === null ? (
        <FileDrop label={label} {...(accept ? { accept } : {})} onFiles={([file]) => file && void send(file)} />
      ) : (
        <ProgressBar label={t('asset.uploading')} value={Math.floor(share * 100)} />
      )}
    </div>
  );
}
