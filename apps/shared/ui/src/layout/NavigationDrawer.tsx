import { useTranslation } from '@lyceum/i18n';

import { Drawer, type DrawerProps } from '../overlays/Drawer';

/** The navigation on a narrow screen. In a file of its own, which comes when it is opened first. */
export default function NavigationDrawer(props: Omit<DrawerProps, 'label'>) {
  const { t } = useTranslation('ui');
  return <Drawer {...props} label={t('shell.navigation')} />;
}
