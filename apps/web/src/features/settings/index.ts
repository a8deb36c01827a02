export { DevicesPage } from './DevicesPage';
export { ProfilePage } from './ProfilePage';
export { SettingsFrame } from './SettingsFrame';
export { SignInSettingsPage } from './SignInSettingsPage';
