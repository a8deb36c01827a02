import { useTranslation } from '@lyceum/i18n';
import { Monitor, Moon, Sun } from 'lucide-react';

import { IconButton } from '../actions/Button';
import { Menu, MenuItem, MenuSection } from '../actions/Menu';
import { chooseTheme, useThemeChoice, type ThemeChoice } from './theme';

const icons = { system: Monitor, light: Sun, dark: Moon };
const choices: readonly ThemeChoice[] = ['system', 'light', 'dark'];

/** Chooses between light, dark and what the system does. */
export function ThemeToggle() {
  const { t } = useTranslation('ui');
  const choice = useThemeChoice();
  const Icon = icons[choice];
  const names = { system: t('theme.system'), light: t('theme.light'), dark: t('theme.dark') };
  const choose = (keys: 'all' | Set<string | number>) => {
    const chosen = choices.find((one) => keys !== 'all' && keys.has(one));
    if (chosen) chooseTheme(chosen);
  };
  return (
    <Menu trigger={<IconButton label={t('theme.label')}><Icon size={20} aria-hidden /></IconButton>}>
      <MenuSection title={t('theme.label')} selectionMode="single" disallowEmptySelection selectedKeys={[choice]} onSelectionChange={choose}>
        {choices.map((one) => (
          <MenuItem key={one} id={one}>
            {names[one]}
          </MenuItem>
        ))}
      </MenuSection>
    </Menu>
  );
}
