export { FilterText } from './FilterText';
export { toMoment } from './moments';
export { TimeRange } from './TimeRange';
export { given, useUrlFilter } from './use-url-filter';
