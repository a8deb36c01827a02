/** What the API takes as a type of events: `lyceum.course.course.published.v1`. */
export const EVENT_TYPE = /^[a-z][a-z0-9._-]{0,199}$/;
