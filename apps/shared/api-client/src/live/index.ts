export { LiveConnection, type LiveOptions, type Socket, type Watcher } from './connection';
export { useLiveTopics, type LiveTopicsHandlers } from './use-live-topics';
