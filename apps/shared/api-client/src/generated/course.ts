// Generated from the host's OpenAPI document by `npm run generate`. Do not edit.
import { api } from "../api";
const injectedRtkApi = api.injectEndpoints({
  endpoints: (build) => ({
    listCatalogue: build.query<ListCatalogueApiResponse, ListCatalogueApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/catalogue`,
        params: {
          q: queryArg.q,
          language: queryArg.language,
          organisation: queryArg.organisation,
          limit: queryArg.limit,
          cursor: queryArg.cursor,
        },
      }),
    }),
    getCatalogueCourse: build.query<
      GetCatalogueCourseApiResponse,
      GetCatalogueCourseApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/catalogue/${encodeURIComponent(String(queryArg.slug))}`,
      }),
    }),
    listCourses: build.query<ListCoursesApiResponse, ListCoursesApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/courses`,
        params: {
          limit: queryArg.limit,
          cursor: queryArg.cursor,
        },
      }),
    }),
    createCourse: build.mutation<CreateCourseApiResponse, CreateCourseApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/courses`,
        method: "POST",
        body: queryArg.courseRequest,
      }),
    }),
    getCourse: build.query<GetCourseApiResponse, GetCourseApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/courses/${encodeURIComponent(String(queryArg.courseId))}`,
      }),
    }),
    describeCourse: build.mutation<
      DescribeCourseApiResponse,
      DescribeCourseApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/courses/${encodeURIComponent(String(queryArg.courseId))}`,
        method: "PATCH",
        body: queryArg.courseChange,
        headers: {
          "If-Match": queryArg["If-Match"],
        },
      }),
    }),
    archiveCourse: build.mutation<
      ArchiveCourseApiResponse,
      ArchiveCourseApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/courses/${encodeURIComponent(String(queryArg.courseId))}/archival`,
        method: "POST",
      }),
    }),
    listAssets: build.query<ListAssetsApiResponse, ListAssetsApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/courses/${encodeURIComponent(String(queryArg.courseId))}/assets`,
      }),
    }),
    removeAsset: build.mutation<RemoveAssetApiResponse, RemoveAssetApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/courses/${encodeURIComponent(String(queryArg.courseId))}/assets/${encodeURIComponent(String(queryArg.path))}`,
        method: "DELETE",
      }),
    }),
    getDraft: build.query<GetDraftApiResponse, GetDraftApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/courses/${encodeURIComponent(String(queryArg.courseId))}/draft`,
      }),
    }),
    checkDraft: build.query<CheckDraftApiResponse, CheckDraftApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/courses/${encodeURIComponent(String(queryArg.courseId))}/draft/checks`,
      }),
    }),
    diffDraft: build.query<DiffDraftApiResponse, DiffDraftApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/courses/${encodeURIComponent(String(queryArg.courseId))}/draft/diff`,
      }),
    }),
    moveNode: build.mutation<MoveNodeApiResponse, MoveNodeApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/courses/${encodeURIComponent(String(queryArg.courseId))}/draft/moves`,
        method: "POST",
        body: queryArg.moveRequest,
        headers: {
          "If-Match": queryArg["If-Match"],
        },
      }),
    }),
    addNode: build.mutation<AddNodeApiResponse, AddNodeApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/courses/${encodeURIComponent(String(queryArg.courseId))}/draft/nodes`,
        method: "POST",
        body: queryArg.nodeRequest,
        headers: {
          "If-Match": queryArg["If-Match"],
        },
      }),
    }),
    removeNode: build.mutation<RemoveNodeApiResponse, RemoveNodeApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/courses/${encodeURIComponent(String(queryArg.courseId))}/draft/nodes/${encodeURIComponent(String(queryArg.nodeId))}`,
        method: "DELETE",
        headers: {
          "If-Match": queryArg["If-Match"],
        },
      }),
    }),
    getNode: build.query<GetNodeApiResponse, GetNodeApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/courses/${encodeURIComponent(String(queryArg.courseId))}/draft/nodes/${encodeURIComponent(String(queryArg.nodeId))}`,
      }),
    }),
    editNode: build.mutation<EditNodeApiResponse, EditNodeApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/courses/${encodeURIComponent(String(queryArg.courseId))}/draft/nodes/${encodeURIComponent(String(queryArg.nodeId))}`,
        method: "PATCH",
        body: queryArg.nodeEdit,
        headers: {
          "If-Match": queryArg["If-Match"],
        },
      }),
    }),
    withdraw: build.mutation<WithdrawApiResponse, WithdrawApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/courses/${encodeURIComponent(String(queryArg.courseId))}/enrolment`,
        method: "DELETE",
      }),
    }),
    enrol: build.mutation<EnrolApiResponse, EnrolApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/courses/${encodeURIComponent(String(queryArg.courseId))}/enrolment`,
        method: "POST",
      }),
    }),
    listCourseEnrolments: build.query<
      ListCourseEnrolmentsApiResponse,
      ListCourseEnrolmentsApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/courses/${encodeURIComponent(String(queryArg.courseId))}/enrolments`,
        params: {
          limit: queryArg.limit,
          cursor: queryArg.cursor,
        },
      }),
    }),
    withdrawPerson: build.mutation<
      WithdrawPersonApiResponse,
      WithdrawPersonApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/courses/${encodeURIComponent(String(queryArg.courseId))}/enrolments/${encodeURIComponent(String(queryArg.userId))}`,
        method: "DELETE",
      }),
    }),
    enrolPerson: build.mutation<EnrolPersonApiResponse, EnrolPersonApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/courses/${encodeURIComponent(String(queryArg.courseId))}/enrolments/${encodeURIComponent(String(queryArg.userId))}`,
        method: "PUT",
      }),
    }),
    exportCourse: build.mutation<ExportCourseApiResponse, ExportCourseApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/courses/${encodeURIComponent(String(queryArg.courseId))}/exports`,
        method: "POST",
        headers: {
          "Idempotency-Key": queryArg["Idempotency-Key"],
        },
      }),
    }),
    listInstructors: build.query<
      ListInstructorsApiResponse,
      ListInstructorsApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/courses/${encodeURIComponent(String(queryArg.courseId))}/instructors`,
      }),
    }),
    dismissInstructor: build.mutation<
      DismissInstructorApiResponse,
      DismissInstructorApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/courses/${encodeURIComponent(String(queryArg.courseId))}/instructors/${encodeURIComponent(String(queryArg.userId))}`,
        method: "DELETE",
      }),
    }),
    appointInstructor: build.mutation<
      AppointInstructorApiResponse,
      AppointInstructorApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/courses/${encodeURIComponent(String(queryArg.courseId))}/instructors/${encodeURIComponent(String(queryArg.userId))}`,
        method: "PUT",
        body: queryArg.instructorChange,
      }),
    }),
    getOutline: build.query<GetOutlineApiResponse, GetOutlineApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/courses/${encodeURIComponent(String(queryArg.courseId))}/outline`,
      }),
    }),
    getPage: build.query<GetPageApiResponse, GetPageApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/courses/${encodeURIComponent(String(queryArg.courseId))}/pages/${encodeURIComponent(String(queryArg.pageId))}`,
      }),
    }),
    listVersions: build.query<ListVersionsApiResponse, ListVersionsApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/courses/${encodeURIComponent(String(queryArg.courseId))}/versions`,
        params: {
          limit: queryArg.limit,
          cursor: queryArg.cursor,
        },
      }),
    }),
    publishCourse: build.mutation<
      PublishCourseApiResponse,
      PublishCourseApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/courses/${encodeURIComponent(String(queryArg.courseId))}/versions`,
        method: "POST",
        body: queryArg.publishRequest,
        headers: {
          "If-Match": queryArg["If-Match"],
        },
      }),
    }),
    diffVersions: build.query<DiffVersionsApiResponse, DiffVersionsApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/courses/${encodeURIComponent(String(queryArg.courseId))}/versions/${encodeURIComponent(String(queryArg["number"]))}/diff`,
        params: {
          against: queryArg.against,
        },
      }),
    }),
    restoreVersion: build.mutation<
      RestoreVersionApiResponse,
      RestoreVersionApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/courses/${encodeURIComponent(String(queryArg.courseId))}/versions/${encodeURIComponent(String(queryArg["number"]))}/restoration`,
        method: "POST",
      }),
    }),
    listMyEnrolments: build.query<
      ListMyEnrolmentsApiResponse,
      ListMyEnrolmentsApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/enrolments`,
        params: {
          limit: queryArg.limit,
          cursor: queryArg.cursor,
        },
      }),
    }),
    getExport: build.query<GetExportApiResponse, GetExportApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/exports/${encodeURIComponent(String(queryArg.exportId))}`,
      }),
    }),
    listImports: build.query<ListImportsApiResponse, ListImportsApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/imports`,
        params: {
          limit: queryArg.limit,
          cursor: queryArg.cursor,
        },
      }),
    }),
    getImport: build.query<GetImportApiResponse, GetImportApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/imports/${encodeURIComponent(String(queryArg.importId))}`,
      }),
    }),
  }),
  overrideExisting: false,
});
export { injectedRtkApi as courseApi };
export type ListCatalogueApiResponse =
  /** status 200 Successful Response */ PageCatalogueEntry;
export type ListCatalogueApiArg = {
  /** Part of a title or summary. */
  q?: string | null;
  /** Only courses in this language. */
  language?: string | null;
  /** Only courses of this organisation. */
  organisation?: string | null;
  /** At most so many items. */
  limit?: number;
  /** `next_cursor` of the page before; left out for the first. */
  cursor?: string | null;
};
export type GetCatalogueCourseApiResponse =
  /** status 200 Successful Response */ CoursePage;
export type GetCatalogueCourseApiArg = {
  slug: string;
};
export type ListCoursesApiResponse =
  /** status 200 Successful Response */ PageCourseView;
export type ListCoursesApiArg = {
  /** At most so many items. */
  limit?: number;
  /** `next_cursor` of the page before; left out for the first. */
  cursor?: string | null;
};
export type CreateCourseApiResponse =
  /** status 201 Successful Response */ CourseView;
export type CreateCourseApiArg = {
  courseRequest: CourseRequest;
};
export type GetCourseApiResponse =
  /** status 200 Successful Response */ CourseView;
export type GetCourseApiArg = {
  courseId: string;
};
export type DescribeCourseApiResponse =
  /** status 200 Successful Response */ CourseView;
export type DescribeCourseApiArg = {
  courseId: string;
  /** The version to change, as in `"3"`. */
  "If-Match": string | null;
  courseChange: CourseChange;
};
export type ArchiveCourseApiResponse =
  /** status 200 Successful Response */ CourseView;
export type ArchiveCourseApiArg = {
  courseId: string;
};
export type ListAssetsApiResponse =
  /** status 200 Successful Response */ AssetView[];
export type ListAssetsApiArg = {
  courseId: string;
};
export type RemoveAssetApiResponse = unknown;
export type RemoveAssetApiArg = {
  courseId: string;
  path: string;
};
export type GetDraftApiResponse =
  /** status 200 Successful Response */ DraftView;
export type GetDraftApiArg = {
  courseId: string;
};
export type CheckDraftApiResponse =
  /** status 200 Successful Response */ CheckResults;
export type CheckDraftApiArg = {
  courseId: string;
};
export type DiffDraftApiResponse =
  /** status 200 Successful Response */ Differences;
export type DiffDraftApiArg = {
  courseId: string;
};
export type MoveNodeApiResponse =
  /** status 200 Successful Response */ DraftView;
export type MoveNodeApiArg = {
  courseId: string;
  /** The version to change, as in `"3"`. */
  "If-Match": string | null;
  moveRequest: MoveRequest;
};
export type AddNodeApiResponse = /** status 201 Successful Response */ NodeView;
export type AddNodeApiArg = {
  courseId: string;
  /** The version to change, as in `"3"`. */
  "If-Match": string | null;
  nodeRequest: NodeRequest;
};
export type RemoveNodeApiResponse = unknown;
export type RemoveNodeApiArg = {
  courseId: string;
  nodeId: string;
  /** The version to change, as in `"3"`. */
  "If-Match": string | null;
};
export type GetNodeApiResponse = /** status 200 Successful Response */ NodeView;
export type GetNodeApiArg = {
  courseId: string;
  nodeId: string;
};
export type EditNodeApiResponse =
  /** status 200 Successful Response */ NodeView;
export type EditNodeApiArg = {
  courseId: string;
  nodeId: string;
  /** The version to change, as in `"3"`. */
  "If-Match": string | null;
  nodeEdit: NodeEdit;
};
export type WithdrawApiResponse =
  /** status 200 Successful Response */ EnrolmentView;
export type WithdrawApiArg = {
  courseId: string;
};
export type EnrolApiResponse =
  /** status 200 Successful Response */ EnrolmentView;
export type EnrolApiArg = {
  courseId: string;
};
export type ListCourseEnrolmentsApiResponse =
  /** status 200 Successful Response */ PageEnrolmentView;
export type ListCourseEnrolmentsApiArg = {
  courseId: string;
  /** At most so many items. */
  limit?: number;
  /** `next_cursor` of the page before; left out for the first. */
  cursor?: string | null;
};
export type WithdrawPersonApiResponse =
  /** status 200 Successful Response */ EnrolmentView;
export type WithdrawPersonApiArg = {
  courseId: string;
  userId: string;
};
export type EnrolPersonApiResponse =
  /** status 200 Successful Response */ EnrolmentView;
export type EnrolPersonApiArg = {
  courseId: string;
  userId: string;
};
export type ExportCourseApiResponse =
  /** status 202 Successful Response */ ExportView;
export type ExportCourseApiArg = {
  courseId: string;
  /** A value of the client's own (a UUID, say). Sent again with it, the request takes effect once. */
  "Idempotency-Key"?: string | null;
};
export type ListInstructorsApiResponse =
  /** status 200 Successful Response */ Instructor[];
export type ListInstructorsApiArg = {
  courseId: string;
};
export type DismissInstructorApiResponse = unknown;
export type DismissInstructorApiArg = {
  courseId: string;
  userId: string;
};
export type AppointInstructorApiResponse = unknown;
export type AppointInstructorApiArg = {
  courseId: string;
  userId: string;
  instructorChange: InstructorChange;
};
export type GetOutlineApiResponse =
  /** status 200 Successful Response */ CourseStructure;
export type GetOutlineApiArg = {
  courseId: string;
};
export type GetPageApiResponse = /** status 200 Successful Response */ PageView;
export type GetPageApiArg = {
  courseId: string;
  pageId: string;
};
export type ListVersionsApiResponse =
  /** status 200 Successful Response */ PageVersionView;
export type ListVersionsApiArg = {
  courseId: string;
  /** At most so many items. */
  limit?: number;
  /** `next_cursor` of the page before; left out for the first. */
  cursor?: string | null;
};
export type PublishCourseApiResponse =
  /** status 201 Successful Response */ VersionView;
export type PublishCourseApiArg = {
  courseId: string;
  /** The version to change, as in `"3"`. */
  "If-Match": string | null;
  publishRequest: PublishRequest;
};
export type DiffVersionsApiResponse =
  /** status 200 Successful Response */ Differences;
export type DiffVersionsApiArg = {
  courseId: string;
  number: number;
  /** The earlier version. */
  against: number;
};
export type RestoreVersionApiResponse =
  /** status 201 Successful Response */ VersionView;
export type RestoreVersionApiArg = {
  courseId: string;
  number: number;
};
export type ListMyEnrolmentsApiResponse =
  /** status 200 Successful Response */ PageMyEnrolment;
export type ListMyEnrolmentsApiArg = {
  /** At most so many items. */
  limit?: number;
  /** `next_cursor` of the page before; left out for the first. */
  cursor?: string | null;
};
export type GetExportApiResponse =
  /** status 200 Successful Response */ ExportView;
export type GetExportApiArg = {
  exportId: string;
};
export type ListImportsApiResponse =
  /** status 200 Successful Response */ PageImportView;
export type ListImportsApiArg = {
  /** At most so many items. */
  limit?: number;
  /** `next_cursor` of the page before; left out for the first. */
  cursor?: string | null;
};
export type GetImportApiResponse =
  /** status 200 Successful Response */ ImportView;
export type GetImportApiArg = {
  importId: string;
};
export type CatalogueEntry = {
  id: string;
  image: string | null;
  language: string;
  organisation_id: string | null;
  published_at: string;
  slug: string;
  summary: string;
  title: string;
};
export type PageCatalogueEntry = {
  items: CatalogueEntry[];
  next_cursor?: string | null;
};
export type ProblemItem = {
  detail: string;
  in?: ("path" | "query" | "header" | "cookie") | null;
  pointer: string;
};
export type Problem = {
  code: string;
  detail: string;
  errors?: ProblemItem[] | null;
  instance?: string | null;
  status: number;
  title: string;
  type: string;
};
export type CoursePage = {
  description_html: string;
  id: string;
  image: string | null;
  language: string;
  licence: string | null;
  open_for_enrolment: boolean;
  organisation_id: string | null;
  published_at: string;
  slug: string;
  summary: string;
  title: string;
};
export type CourseView = {
  created_at: string;
  description_html: string;
  id: string;
  image: string | null;
  language: string;
  licence: string | null;
  listed: boolean;
  organisation_id: string | null;
  published_at: string | null;
  published_number: number | null;
  slug: string;
  state: "draft" | "published" | "archived";
  summary: string;
  title: string;
  updated_at: string;
  version: number;
};
export type PageCourseView = {
  items: CourseView[];
  next_cursor?: string | null;
};
export type CourseRequest = {
  description_html?: string;
  language?: string;
  organisation_id?: string | null;
  slug?: string | null;
  summary?: string;
  title: string;
};
export type CourseChange = {
  description_html?: string | null;
  image?: string | null;
  language?: string | null;
  licence?: string | null;
  listed?: boolean | null;
  summary?: string | null;
  title?: string | null;
};
export type AssetView = {
  media_type: string;
  path: string;
  sha256: string;
  size: number;
  uploaded_at: string;
};
export type DraftNode = {
  block_kind: ("rich_text" | "video" | "problem" | "file" | "embed") | null;
  children: DraftNode[];
  id: string;
  kind: "section" | "lesson" | "page" | "block";
  optional: boolean;
  title: string;
  version: number;
  visibility: "visible" | "hidden" | "draft";
};
export type DraftView = {
  course_id: string;
  sections: DraftNode[];
  version: number;
};
export type CheckResult = {
  code: string;
  detail: string;
  node_id: string | null;
  severity: "error" | "warning";
};
export type CheckResults = {
  findings: CheckResult[];
};
export type Change = {
  change: "added" | "removed" | "moved" | "changed" | "moved and changed";
  id: string;
  kind: "section" | "lesson" | "page" | "block";
  path: string[];
};
export type Differences = {
  changes: Change[];
};
export type MoveRequest = {
  node_id: string;
  parent_id?: string | null;
  position?: number | null;
};
export type AllChildren = {
  rule?: "all";
};
export type Answered = {
  rule?: "answered";
};
export type AnyChild = {
  rule?: "any";
};
export type SomeChildren = {
  count: number;
  rule?: "at-least";
};
export type ScoreAtLeast = {
  rule?: "score";
  share: number | string;
};
export type Viewed = {
  rule?: "viewed";
};
export type NodeView = {
  available_from: string | null;
  block_kind: ("rich_text" | "video" | "problem" | "file" | "embed") | null;
  completion:
    | ({
        rule: "all";
      } & AllChildren)
    | ({
        rule: "answered";
      } & Answered)
    | ({
        rule: "any";
      } & AnyChild)
    | ({
        rule: "at-least";
      } & SomeChildren)
    | ({
        rule: "score";
      } & ScoreAtLeast)
    | ({
        rule: "viewed";
      } & Viewed);
  content: {
    [key: string]: any;
  } | null;
  due_at: string | null;
  graded: boolean;
  id: string;
  kind: "section" | "lesson" | "page" | "block";
  optional: boolean;
  requires: string[];
  title: string;
  version: number;
  visibility: "visible" | "hidden" | "draft";
};
export type NodeRequest = {
  completion?:
    | (
        | ({
            rule: "all";
          } & AllChildren)
        | ({
            rule: "answered";
          } & Answered)
        | ({
            rule: "any";
          } & AnyChild)
        | ({
            rule: "at-least";
          } & SomeChildren)
        | ({
            rule: "score";
          } & ScoreAtLeast)
        | ({
            rule: "viewed";
          } & Viewed)
      )
    | null;
  content?: {
    [key: string]: any;
  } | null;
  kind: "section" | "lesson" | "page" | "block";
  optional?: boolean;
  parent_id?: string | null;
  position?: number | null;
  title: string;
  visibility?: "visible" | "hidden" | "draft";
};
export type NodeEdit = {
  available_from?: string | null;
  completion?:
    | (
        | ({
            rule: "all";
          } & AllChildren)
        | ({
            rule: "answered";
          } & Answered)
        | ({
            rule: "any";
          } & AnyChild)
        | ({
            rule: "at-least";
          } & SomeChildren)
        | ({
            rule: "score";
          } & ScoreAtLeast)
        | ({
            rule: "viewed";
          } & Viewed)
      )
    | null;
  content?: {
    [key: string]: any;
  } | null;
  due_at?: string | null;
  graded?: boolean | null;
  optional?: boolean | null;
  requires?: string[] | null;
  title?: string | null;
  visibility?: ("visible" | "hidden" | "draft") | null;
};
export type EnrolmentView = {
  completed_at: string | null;
  course_id: string;
  enrolled_at: string;
  state: "active" | "completed" | "withdrawn";
  user_id: string;
  withdrawn_at: string | null;
};
export type PageEnrolmentView = {
  items: EnrolmentView[];
  next_cursor?: string | null;
};
export type Progress = {
  done: number | null;
  stage: string;
  total: number | null;
};
export type ExportView = {
  content_hash: string | null;
  course_id: string;
  finished_at: string | null;
  id: string;
  problem: {
    [key: string]: any;
  } | null;
  progress: Progress | null;
  requested_at: string;
  state: "queued" | "running" | "succeeded" | "failed";
  url: string | null;
};
export type Instructor = {
  display_name: string;
  role: "owner" | "instructor";
  user_id: string;
};
export type InstructorChange = {
  role?: "owner" | "instructor";
};
export type StructureNode = {
  available_from?: string | null;
  block_kind?: ("rich_text" | "video" | "problem" | "file" | "embed") | null;
  children?: StructureNode[];
  completion:
    | ({
        rule: "all";
      } & AllChildren)
    | ({
        rule: "answered";
      } & Answered)
    | ({
        rule: "any";
      } & AnyChild)
    | ({
        rule: "at-least";
      } & SomeChildren)
    | ({
        rule: "score";
      } & ScoreAtLeast)
    | ({
        rule: "viewed";
      } & Viewed);
  due_at?: string | null;
  graded?: boolean;
  id: string;
  kind: "section" | "lesson" | "page" | "block";
  optional?: boolean;
  quiz_id?: string | null;
  requires?: string[];
  title: string;
};
export type CourseStructure = {
  course_id: string;
  number: number;
  sections: StructureNode[];
  title: string;
};
export type BlockView = {
  content: {
    [key: string]: any;
  };
  id: string;
  kind: "rich_text" | "video" | "problem" | "file" | "embed";
  optional: boolean;
  title: string;
};
export type PageView = {
  blocks: BlockView[];
  course_id: string;
  due_at: string | null;
  graded: boolean;
  id: string;
  next_page_id: string | null;
  number: number;
  path: string[];
  previous_page_id: string | null;
  title: string;
};
export type VersionView = {
  content_hash: string;
  current: boolean;
  note: string;
  number: number;
  published_at: string;
  published_by: string;
  restored_from: number | null;
  title: string;
};
export type PageVersionView = {
  items: VersionView[];
  next_cursor?: string | null;
};
export type PublishRequest = {
  note?: string;
};
export type MyEnrolment = {
  completed_at: string | null;
  course_id: string;
  enrolled_at: string;
  image: string | null;
  slug: string;
  state: "active" | "completed" | "withdrawn";
  title: string;
  user_id: string;
  withdrawn_at: string | null;
};
export type PageMyEnrolment = {
  items: MyEnrolment[];
  next_cursor?: string | null;
};
export type ImportView = {
  course_id: string | null;
  file_name: string;
  finished_at: string | null;
  format: string | null;
  id: string;
  problem: {
    [key: string]: any;
  } | null;
  progress: Progress | null;
  publish: boolean;
  report: {
    [key: string]: any;
  } | null;
  requested_at: string;
  state: "queued" | "running" | "succeeded" | "failed";
};
export type PageImportView = {
  items: ImportView[];
  next_cursor?: string | null;
};
export const {
  useListCatalogueQuery,
  useLazyListCatalogueQuery,
  useGetCatalogueCourseQuery,
  useLazyGetCatalogueCourseQuery,
  useListCoursesQuery,
  useLazyListCoursesQuery,
  useCreateCourseMutation,
  useGetCourseQuery,
  useLazyGetCourseQuery,
  useDescribeCourseMutation,
  useArchiveCourseMutation,
  useListAssetsQuery,
  useLazyListAssetsQuery,
  useRemoveAssetMutation,
  useGetDraftQuery,
  useLazyGetDraftQuery,
  useCheckDraftQuery,
  useLazyCheckDraftQuery,
  useDiffDraftQuery,
  useLazyDiffDraftQuery,
  useMoveNodeMutation,
  useAddNodeMutation,
  useRemoveNodeMutation,
  useGetNodeQuery,
  useLazyGetNodeQuery,
  useEditNodeMutation,
  useWithdrawMutation,
  useEnrolMutation,
  useListCourseEnrolmentsQuery,
  useLazyListCourseEnrolmentsQuery,
  useWithdrawPersonMutation,
  useEnrolPersonMutation,
  useExportCourseMutation,
  useListInstructorsQuery,
  useLazyListInstructorsQuery,
  useDismissInstructorMutation,
  useAppointInstructorMutation,
  useGetOutlineQuery,
  useLazyGetOutlineQuery,
  useGetPageQuery,
  useLazyGetPageQuery,
  useListVersionsQuery,
  useLazyListVersionsQuery,
  usePublishCourseMutation,
  useDiffVersionsQuery,
  useLazyDiffVersionsQuery,
  useRestoreVersionMutation,
  useListMyEnrolmentsQuery,
  useLazyListMyEnrolmentsQuery,
  useGetExportQuery,
  useLazyGetExportQuery,
  useListImportsQuery,
  useLazyListImportsQuery,
  useGetImportQuery,
  useLazyGetImportQuery,
} = injectedRtkApi;
