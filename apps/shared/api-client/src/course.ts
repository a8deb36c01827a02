import { courseApi as generated, type CatalogueEntry, type CourseView, type EnrolmentView, type ImportView, type ListCatalogueApiArg } from './generated/course';
import { keysetPages, type KeysetPage } from './keyset';
import { editInOutline, moveInOutline, removeFromOutline } from './outline';

export type * from './generated/course';
export { placeOf, type Place } from './outline';

type Cursor = string | null;
/** What the catalogue is narrowed to. */
export type CatalogueFilter = Omit<ListCatalogueApiArg, 'limit' | 'cursor'>;

const draftOf = ({ courseId }: { courseId: string }) => ({ type: 'Draft', id: courseId }) as const;
// What follows from the whole draft: what its nodes hold counts too.
const findingsOf = ({ courseId }: { courseId: string }) => ({ type: 'Draft', id: `${courseId} findings` }) as const;
const nodeOf = ({ nodeId }: { nodeId: string }) => ({ type: 'Node', id: nodeId }) as const;
const courseOf = ({ courseId }: { courseId: string }) => ({ type: 'Course', id: courseId }) as const;
const versionsOf = ({ courseId }: { courseId: string }) => ({ type: 'Version', id: courseId }) as const;
const enrolmentsOf = ({ courseId }: { courseId: string }) => ({ type: 'Enrolment', id: courseId }) as const;

const tagged = generated.enhanceEndpoints({
  endpoints: {
    listCatalogue: { providesTags: ['Catalogue'] },
    getCatalogueCourse: { providesTags: ['Catalogue'] },
    listCourses: { providesTags: ['Course'] },
    getCourse: { providesTags: (_result, _error, arg) => [courseOf(arg)] },
    createCourse: { invalidatesTags: ['Course'] },
    describeCourse: { invalidatesTags: ['Course', 'Catalogue'] },
    archiveCourse: { invalidatesTags: ['Course', 'Catalogue'] },
    listAssets: { providesTags: (_result, _error, { courseId }) => [{ type: 'Asset', id: courseId }] },
    removeAsset: { invalidatesTags: (_result, _error, { courseId }) => [{ type: 'Asset', id: courseId }] },
    getDraft: { providesTags: (_result, _error, arg) => [draftOf(arg)] },
    checkDraft: { providesTags: (_result, _error, arg) => [findingsOf(arg)] },
    diffDraft: { providesTags: (_result, _error, arg) => [findingsOf(arg), versionsOf(arg)] },
    getNode: { providesTags: (_result, _error, arg) => [nodeOf(arg)] },
    addNode: { invalidatesTags: (_result, _error, arg) => [draftOf(arg), findingsOf(arg)] },
    // The outline shows these three at once; where one is refused, it goes back to what it was.
    moveNode: {
      invalidatesTags: (_result, error, arg) => (error ? [draftOf(arg)] : [findingsOf(arg)]),
      async onQueryStarted({ courseId, moveRequest }, { dispatch, queryFulfilled }) {
        const shown = dispatch(generated.util.updateQueryData('getDraft', { courseId }, (draft) => moveInOutline(draft.sections, moveRequest)));
        await queryFulfilled.then(({ data }) => void dispatch(generated.util.upsertQueryData('getDraft', { courseId }, data)), shown.undo);
      },
    },
    removeNode: {
      invalidatesTags: (_result, _error, arg) => [draftOf(arg), findingsOf(arg)],
      async onQueryStarted({ courseId, nodeId }, { dispatch, queryFulfilled }) {
        const shown = dispatch(generated.util.updateQueryData('getDraft', { courseId }, (draft) => removeFromOutline(draft.sections, nodeId)));
        await queryFulfilled.catch(shown.undo);
      },
    },
    editNode: {
      invalidatesTags: (_result, error, arg) => (error ? [] : [findingsOf(arg)]),
      async onQueryStarted({ courseId, nodeId, nodeEdit }, { dispatch, queryFulfilled }) {
        const edited = (version?: number) =>
          dispatch(generated.util.updateQueryData('getDraft', { courseId }, (draft) => editInOutline(draft.sections, nodeId, nodeEdit, version)));
        const shown = edited();
        await queryFulfilled.then(({ data }) => {
          edited(data.version);
          void dispatch(generated.util.upsertQueryData('getNode', { courseId, nodeId }, data));
        }, shown.undo);
      },
    },
    listVersions: { providesTags: (_result, _error, arg) => [versionsOf(arg)] },
    diffVersions: { providesTags: (_result, _error, arg) => [versionsOf(arg)] },
    publishCourse: { invalidatesTags: (_result, _error, arg) => [draftOf(arg), findingsOf(arg), versionsOf(arg), 'Course', 'Catalogue', 'Progress'] },
    restoreVersion: { invalidatesTags: (_result, _error, arg) => [draftOf(arg), findingsOf(arg), versionsOf(arg), 'Node', 'Course', 'Catalogue'] },
    getOutline: { providesTags: (_result, _error, arg) => [versionsOf(arg)] },
    getPage: { providesTags: (_result, _error, arg) => [versionsOf(arg)] },
    listMyEnrolments: { providesTags: ['Enrolment'] },
    listCourseEnrolments: { providesTags: (_result, _error, arg) => [enrolmentsOf(arg)] },
    enrol: { invalidatesTags: ['Enrolment', 'Progress', 'Version'] },
    withdraw: { invalidatesTags: ['Enrolment', 'Progress', 'Version'] },
    enrolPerson: { invalidatesTags: ['Enrolment', 'Progress'] },
    withdrawPerson: { invalidatesTags: ['Enrolment', 'Progress'] },
    listInstructors: { providesTags: (_result, _error, { courseId }) => [{ type: 'Instructor', id: courseId }] },
    appointInstructor: { invalidatesTags: (_result, _error, { courseId }) => [{ type: 'Instructor', id: courseId }] },
    dismissInstructor: { invalidatesTags: (_result, _error, { courseId }) => [{ type: 'Instructor', id: courseId }] },
    getExport: { providesTags: (_result, _error, { exportId }) => [{ type: 'Export', id: exportId }] },
    listImports: { providesTags: ['Import'] },
    getImport: { providesTags: (_result, _error, { importId }) => [{ type: 'Import', id: importId }] },
  },
});

/** The endpoints of courses, with lists that load page after page beside the generated ones. */
export const courseApi = tagged.injectEndpoints({
  endpoints: (build) => ({
    browseCatalogue: build.infiniteQuery<KeysetPage<CatalogueEntry>, CatalogueFilter, Cursor>(
      keysetPages({ url: () => '/api/v1/catalogue', params: (filter) => ({ ...filter }), tags: ['Catalogue'], limit: 24 }),
    ),
    browseCourses: build.infiniteQuery<KeysetPage<CourseView>, void, Cursor>(
      keysetPages({ url: () => '/api/v1/courses', tags: ['Course'] }),
    ),
    browseCourseEnrolments: build.infiniteQuery<KeysetPage<EnrolmentView>, { courseId: string }, Cursor>(
      keysetPages({ url: ({ courseId }) => `/api/v1/courses/${encodeURIComponent(courseId)}/enrolments`, tags: ['Enrolment'] }),
    ),
    browseImports: build.infiniteQuery<KeysetPage<ImportView>, void, Cursor>(
      keysetPages({ url: () => '/api/v1/imports', tags: ['Import'] }),
    ),
  }),
});

export const {
  useBrowseCatalogueInfiniteQuery, useBrowseCoursesInfiniteQuery, useBrowseCourseEnrolmentsInfiniteQuery, useBrowseImportsInfiniteQuery,
  useGetCatalogueCourseQuery, useGetCourseQuery, useCreateCourseMutation, useDescribeCourseMutation, useArchiveCourseMutation,
  useListAssetsQuery, useRemoveAssetMutation, useGetDraftQuery, useCheckDraftQuery, useLazyCheckDraftQuery, useDiffDraftQuery,
  useMoveNodeMutation, useAddNodeMutation, useRemoveNodeMutation, useGetNodeQuery, useEditNodeMutation, useListVersionsQuery,
  usePublishCourseMutation, useDiffVersionsQuery, useRestoreVersionMutation, useGetOutlineQuery, useGetPageQuery,
  useListMyEnrolmentsQuery, useEnrolMutation, useWithdrawMutation, useEnrolPersonMutation, useWithdrawPersonMutation,
  useListInstructorsQuery, useAppointInstructorMutation, useDismissInstructorMutation, useExportCourseMutation, useGetExportQuery,
  useGetImportQuery,
} = courseApi;

/** Where a file of a course is, by its path in it. The host answers with an address that works for some minutes. */
export function assetAddress(courseId: string, path: string): string {
  return `/api/v1/courses/${encodeURIComponent(courseId)}/assets/${path.split('/').map(encodeURIComponent).join('/')}`;
}
