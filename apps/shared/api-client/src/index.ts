export { api, type Tag } from './api';
export { csrfToken } from './csrf';
export { allItems, type KeysetPage } from './keyset';
export { fieldProblems, isApiProblem, NETWORK, UNREADABLE, type ApiProblem, type ProblemItem } from './problem';
export { onStepUp, type StepUp } from './step-up';
export { createStore, type AppStore, type RootState } from './store';
export { uploadAsset, uploadCourseArchive, UploadFailed, type CourseArchive, type UploadWatch } from './uploads';
export { idempotencyKey, ifMatch } from './versions';
