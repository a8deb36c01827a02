import { useTranslation } from '@lyceum/i18n';
import { AlertDialog, Button, DialogTrigger, Notice, TextArea } from '@lyceum/ui';
import { Code, PencilLine } from 'lucide-react';
import { useMemo, useState } from 'react';

import { extensions, rewritten } from './extensions';
import { lost } from './markup';
import { VisualEditor } from './VisualEditor';

export interface HtmlFieldProps {
  courseId: string;
  label: string;
  html: string;
  onChange: (html: string) => void;
  isSmall?: boolean;
}

/**
 * A text with markup. It is edited as it looks; where it holds something that this way would lose, such as a table, it is
 * edited as HTML, until its author decides otherwise.
 */
export function HtmlField({ courseId, label, html, onChange, isSmall = false }: HtmlFieldProps) {
  const { t } = useTranslation('editor');
  const known = useMemo(() => extensions(courseId), [courseId]);
  const losses = (text: string) => (text === '' ? [] : lost(text, rewritten(text, known)));
  const [isVisual, setVisual] = useState(() => losses(html).length === 0);
  // Another version of the text was chosen: it did not come out of this field.
  const [seen, setSeen] = useState(html);
  if (html !== seen) {
    setSeen(html);
    setVisual(isVisual && losses(html).length === 0);
  }
  const write = (text: string) => {
    setSeen(text);
    onChange(text);
  };
  if (isVisual) {
    return (
      <div className="flex flex-col gap-2">
        {isSmall && <p className="text-sm font-medium">{label}</p>}
        <VisualEditor courseId={courseId} label={label} html={html} known={known} onChange={write} isSmall={isSmall} />
        {!isSmall && (
          <Button variant="quiet" icon={<Code size={18} aria-hidden />} className="self-start text-ink-2" onPress={() => setVisual(false)}>
            {t('text.as-source')}
          </Button>
        )}
      </div>
    );
  }
  return <Source label={isSmall ? label : t('text.source', { label })} rows={isSmall ? 4 : 18} html={html} onChange={write} wouldLose={losses(html)} onVisual={() => setVisual(true)} />;
}

interface SourceProps {
  label: string;
  rows: number;
  html: string;
  onChange: (html: string) => void;
  wouldLose: string[];
  onVisual: () => void;
}

function Source({ label, rows, html, onChange, wouldLose, onVisual }: SourceProps) {
  const { t } = useTranslation('editor');
  const isRisky = wouldLose.length > 0;
  const back = (
    <Button icon={<PencilLine size={18} aria-hidden />} {...(isRisky ? {} : { onPress: onVisual })}>
      {t('text.as-visual')}
    </Button>
  );
  return (
    <div className="flex flex-col gap-3">
      {isRisky && (
        <Notice title={t('text.risky')}>
          <p>
            {t('text.risky-detail')} <code>{wouldLose.join(', ')}</code>
          </p>
        </Notice>
      )}
      <TextArea label={label} rows={rows} value={html} onChange={onChange} className="font-mono" />
      <div>
        {isRisky ? (
          <DialogTrigger>
            {back}
            <AlertDialog
              title={t('text.as-visual')}
              tone="danger"
              action={t('text.lose')}
              onAction={(close) => {
                close();
                onVisual();
              }}
            >
              {t('text.lose-detail')} <code>{wouldLose.join(', ')}</code>
            </AlertDialog>
          </DialogTrigger>
        ) : (
          back
        )}
      </div>
    </div>
  );
}
