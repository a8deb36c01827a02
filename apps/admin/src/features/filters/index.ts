export { FilterText } from './FilterText';
export { TimeRange } from './TimeRange';
export { useUrlFilter } from './use-url-filter';
