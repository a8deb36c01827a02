// Packages that ship only ES modules: Jest runs CommonJS, so these are translated like our own files.
const esModules = [
  '@bundled-es-modules',
  '@internationalized',
  '@lyceum',
  '@mswjs',
  '@open-draft',
  '@react-aria',
  '@react-stately',
  '@reduxjs',
  'immer',
  'lucide-react',
  'msw',
  'outvariant',
  'react-aria',
  'react-aria-components',
  'react-router',
  'react-stately',
  'rettime',
  'strict-event-emitter',
  'until-async',
].join('|');

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'jest-fixed-jsdom',
  roots: ['<rootDir>/web', '<rootDir>/admin', '<rootDir>/shared', '<rootDir>/checks'],
  testMatch: ['**/*.test.ts', '**/*.test.tsx'],
  modulePathIgnorePatterns: ['<rootDir>/.*/dist/'],
  setupFilesAfterEnv: ['<rootDir>/shared/testing/src/setup.ts'],
  transform: {
    '\\.m?[jt]sx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic' } },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules})/)`],
  moduleNameMapper: { '\\.css$': '<rootDir>/shared/testing/src/stylesheet.ts' },
  maxWorkers: 2,
  // Milliseconds. Tests wait for nothing, but machines that are shared can be slow.
  testTimeout: 30_000,
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
};
