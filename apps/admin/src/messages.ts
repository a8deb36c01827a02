import type { MessageFiles } from '@lyceum/i18n';

/** All texts: the kit's, those that every page needs, and each feature's own, by the path of their file. */
export const messages: MessageFiles = {
  ...import.meta.glob('../../shared/ui/src/locales/*.json', { import: 'default' }),
  ...import.meta.glob('./locales/*.json', { import: 'default' }),
  ...import.meta.glob('./features/*/locales/*.json', { import: 'default' }),
};
