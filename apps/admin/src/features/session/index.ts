export { usePermissions, type Permissions } from './permissions';
