import { useFormatting, useTranslation } from '@lyceum/i18n';
import { Button, Card, IconButton, Option, Select, TextField } from '@lyceum/ui';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';

import { AssetField } from './AssetField';
import type { Caption, VideoContent, VideoSource } from './contents';
import { isWebAddress, youtubeId } from './web-address';

const LANGUAGES = ['ar', 'de', 'en', 'es', 'fr', 'hi', 'it', 'ja', 'pt', 'ru', 'zh'];

interface VideoFormProps {
  courseId: string;
  content: VideoContent;
  onChange: (content: VideoContent) => void;
}

/** Where a video is, with its captions. The first source that plays is taken. */
export function VideoForm({ courseId, content, onChange }: VideoFormProps) {
  const { t } = useTranslation('editor');
  const format = useFormatting();
  const languages = [...new Set([...LANGUAGES, ...content.captions.map(({ language }) => language)])].filter((one) => content.captions.every(({ language }) => language !== one));
  return (
    <div className="flex max-w-2xl flex-col gap-8">
      <section className="flex flex-col gap-3">
        <h3 className="text-lg">{t('video.sources')}</h3>
        {content.sources.length === 0 && <p className="text-ink-2">{t('video.no-sources')}</p>}
        <Things
          things={content.sources.map(({ kind, value }) => ({ key: `${kind} ${value}`, kind: t(`video.${kind}`), words: value }))}
          onRemove={(index) => onChange({ ...content, sources: content.sources.filter((_, at) => at !== index) })}
        />
        <NewSource courseId={courseId} onAdd={(source) => onChange({ ...content, sources: [...content.sources, source] })} />
      </section>
      <section className="flex flex-col gap-3">
        <h3 className="text-lg">{t('video.captions')}</h3>
        {content.captions.length === 0 && <p className="text-ink-2">{t('video.no-captions')}</p>}
        <Things
          things={content.captions.map(({ language, asset }) => ({ key: language, kind: format.languageName(language), words: asset }))}
          onRemove={(index) => onChange({ ...content, captions: content.captions.filter((_, at) => at !== index) })}
        />
        <NewCaption courseId={courseId} languages={languages} onAdd={(caption) => onChange({ ...content, captions: [...content.captions, caption] })} />
      </section>
    </div>
  );
}

function Things({ things, onRemove }: { things: { key: string; kind: string; words: string }[]; onRemove: (index: number) => void }) {
  const { t } = useTranslation('editor');
  if (things.length === 0) return null;
  return (
    <Card>
      <ul className="divide-y divide-line">
        {things.map(({ key, kind, words }, index) => (
          <li key={key} className="flex items-center gap-3 py-1 ps-4 pe-1">
            <span className="shrink-0 font-medium">{kind}</span>
            <bdi className="min-w-0 grow truncate text-ink-2">{words}</bdi>
            <IconButton label={t('video.take-out', { title: words })} onPress={() => onRemove(index)}>
              <X size={18} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function NewSource({ courseId, onAdd }: { courseId: string; onAdd: (source: VideoSource) => void }) {
  const { t } = useTranslation('editor');
  const [kind, setKind] = useState<'address' | 'asset' | null>(null);
  const [text, setText] = useState('');
  const tube = youtubeId(text);
  const source: VideoSource | null = tube !== null ? { kind: 'youtube', value: tube } : isWebAddress(text) ? { kind: 'url', value: text.trim() } : null;
  const add = (made: VideoSource) => {
    onAdd(made);
    setText('');
    setKind(null);
  };
  if (kind === null) {
    return (
      <div className="flex flex-wrap gap-3">
        <Button icon={<Plus size={18} aria-hidden />} onPress={() => setKind('address')}>
          {t('video.add-address')}
        </Button>
        <Button icon={<Plus size={18} aria-hidden />} onPress={() => setKind('asset')}>
          {t('video.add-asset')}
        </Button>
      </div>
    );
  }
  if (kind === 'asset') return <AssetField courseId={courseId} label={t('video.choose')} type="video/" value="" onChange={(value) => add({ kind: 'asset', value })} />;
  return (
    <div className="flex flex-wrap items-end gap-3">
      <TextField label={t('video.address')} description={t('video.address-note')} autoFocus value={text} onChange={setText} className="min-w-60 grow" />
      <Button variant="primary" isDisabled={source === null} onPress={() => source && add(source)}>
        {t('add.action')}
      </Button>
    </div>
  );
}

function NewCaption({ courseId, languages, onAdd }: { courseId: string; languages: string[]; onAdd: (caption: Caption) => void }) {
  const { t } = useTranslation('editor');
  const format = useFormatting();
  const [language, setLanguage] = useState<string | null>(null);
  return (
    <>
      <Select label={t('video.add-captions')} placeholder={t('video.choose-language')} value={language} onChange={(key) => setLanguage(key === null ? null : String(key))} className="max-w-xs">
        {languages.map((code) => (
          <Option key={code} id={code}>
            {format.languageName(code)}
          </Option>
        ))}
      </Select>
      {language !== null && (
        <AssetField
          courseId={courseId}
          label={t('video.choose-captions')}
          accept={['.vtt', '.srt']}
          value=""
          onChange={(asset) => {
            onAdd({ language, asset });
            setLanguage(null);
          }}
        />
      )}
    </>
  );
}
