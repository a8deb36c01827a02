import type { i18n } from '@lyceum/i18n';
import type { ComponentType } from 'react';

type Page = ComponentType;

/**
 * The `lazy` of a route: the feature's code and its texts come together, when the route is opened. The feature's name is the
 * name of its folder and of its namespace; `others` are the namespaces of features that it is built on.
 */
export function featureRoute<Feature>(texts: i18n, name: string, load: () => Promise<Feature>, page: (feature: Feature) => Page, others: readonly string[] = []) {
  return async (): Promise<{ Component: Page }> => {
    const [feature] = await Promise.all([load(), texts.loadNamespaces([name, ...others])]);
    return { Component: page(feature) };
  };
}
