import type { ApiRequest } from './base-query';

import type { Tag } from './api';

/** A page of a list. `next_cursor` is null or missing on the last one. */
export interface KeysetPage<Item> {
  items: Item[];
  next_cursor?: string | null;
}

interface KeysetOptions<Arg> {
  url: (arg: Arg) => string;
  params?: (arg: Arg) => Record<string, unknown>;
  tags: readonly Tag[];
  limit?: number;
}

/** The definition of an infinite query over a list with cursors, for `build.infiniteQuery<KeysetPage<Item>, Arg, string | null>`. */
export function keysetPages<Arg>({ url, params, tags, limit = 25 }: KeysetOptions<Arg>) {
  return {
    infiniteQueryOptions: {
      initialPageParam: null as string | null,
      getNextPageParam: (last: KeysetPage<unknown>) => last.next_cursor ?? undefined,
    },
    query: ({ queryArg, pageParam }: { queryArg: Arg; pageParam: string | null }): ApiRequest => ({
      url: url(queryArg),
      params: { ...params?.(queryArg), limit, cursor: pageParam },
    }),
    providesTags: tags,
  };
}

/** All items that have been fetched of a list, in order. */
export function allItems<Item>(data: { pages: KeysetPage<Item>[] } | undefined): Item[] {
  return data?.pages.flatMap((page) => page.items) ?? [];
}
