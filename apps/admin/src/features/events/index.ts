export { DeadLetterPage } from './DeadLetterPage';
export { EventsPage } from './EventsPage';
export { OutboxPage } from './OutboxPage';
