import { useTranslation } from '@lyceum/i18n';

import type { TextContent } from '../blocks/contents';
import { HtmlField } from './HtmlField';

/** The text of a block. */
export function TextForm({ courseId, content, onChange }: { courseId: string; content: TextContent; onChange: (content: TextContent) => void }) {
  const { t } = useTranslation('editor');
  return <HtmlField courseId={courseId} label={t('block.rich_text')} html={content.html} onChange={(html) => onChange({ ...content, html })} />;
}
