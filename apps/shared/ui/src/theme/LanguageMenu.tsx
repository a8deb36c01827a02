import { chooseLanguage, LANGUAGES, useTranslation, type Language } from '@lyceum/i18n';
import { Languages } from 'lucide-react';

import { IconButton } from '../actions/Button';
import { Menu, MenuItem, MenuSection } from '../actions/Menu';

export interface LanguageMenuProps {
  /** Beside the languages that there are: the pseudo-locale, during development. */
  more?: readonly Language[];
}

/** Chooses the language of the whole app; each is named in itself. */
export function LanguageMenu({ more = [] }: LanguageMenuProps) {
  const { t, i18n } = useTranslation('ui');
  const choose = (keys: 'all' | Set<string | number>) => {
    const [chosen] = keys === 'all' ? [] : keys;
    if (chosen !== undefined) void chooseLanguage(i18n, String(chosen));
  };
  return (
    <Menu trigger={<IconButton label={t('language.label')}><Languages size={20} aria-hidden /></IconButton>}>
      <MenuSection title={t('language.label')} selectionMode="single" disallowEmptySelection selectedKeys={[i18n.language]} onSelectionChange={choose}>
        {[...LANGUAGES, ...more].map(({ code, name }) => (
          <MenuItem key={code} id={code} textValue={name}>
            <bdi lang={code}>{name}</bdi>
          </MenuItem>
        ))}
      </MenuSection>
    </Menu>
  );
}
