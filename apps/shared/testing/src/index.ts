export { answers, fails, hangs, page, refuses } from './answers';
export { examples } from './examples';
export { allowed, handlers, signedIn } from './handlers';
export { render, renderRoutes, type Rendered, type RenderOptions } from './render';
export { server } from './server';
export { FakeSocket, sockets } from './sockets';
export { axe } from 'jest-axe';
export { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
export { http, HttpResponse } from 'msw';
