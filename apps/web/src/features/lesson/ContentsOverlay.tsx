export { Drawer as default } from '@lyceum/ui';
