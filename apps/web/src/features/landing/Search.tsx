import { useTranslation } from '@lyceum/i18n';
import { Button, SearchField } from '@lyceum/ui';
import { useState } from 'react';
import { useNavigate } from 'react-router';

/** A question to the catalogue, from the front door. */
export function Search() {
  const { t } = useTranslation('landing');
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const open = () => void navigate(text.trim() === '' ? '/courses' : `/courses?${new URLSearchParams({ q: text.trim() }).toString()}`);
  return (
    <div role="search" className="mt-10 flex max-w-xl flex-col gap-3 sm:flex-row">
      <SearchField label={t('search.label')} placeholder={t('search.placeholder')} value={text} onChange={setText} onSubmit={open} className="min-w-0 grow" />
      <Button variant="primary" onPress={open}>
        {t('search.action')}
      </Button>
    </div>
  );
}
