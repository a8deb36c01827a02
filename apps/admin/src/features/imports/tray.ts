export { UploadTray } from './UploadTray';
