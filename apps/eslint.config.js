import globals from 'globals';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const style = {
  'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
  'no-console': 'error',
  eqeqeq: 'error',
  '@typescript-eslint/consistent-type-imports': 'error',
  '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
  '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
  '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  // `{}` props and `type` unions read well beside interfaces; these two only move words around.
  '@typescript-eslint/no-empty-object-type': 'off',
  // The generated client says void where a query takes no argument.
  '@typescript-eslint/no-invalid-void-type': 'off',
  // Components hand it to React Aria, which moves the focus only when an overlay opens.
  'jsx-a11y/no-autofocus': ['error', { ignoreNonDOM: true }],
  '@typescript-eslint/consistent-indexed-object-style': 'off',
};

const apps = { group: ['@lyceum/web', '@lyceum/web/*', '@lyceum/admin', '@lyceum/admin/*', '**/apps/web/**', '**/apps/admin/**', '**/../web/**', '**/../admin/**'], message: 'Shared packages know no app.' };
const insides = { group: ['@lyceum/*/src/*', '@lyceum/*/src/**'], message: 'Import what the package exports.' };
const features = { group: ['**/features/*/*', '!**/features/*/index', '!**/features/*/locales/*'], message: 'Use a feature through its index.' };
const sibling = { group: ['../*/*'], message: 'Use another feature through its index.' };
const siblingFromBelow = { group: ['../../*/*'], message: 'Use another feature through its index.' };
const testing = { group: ['@lyceum/testing', '@testing-library/*', 'msw', 'msw/*'], message: 'Test support stays out of the product.' };

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/generated/**', 'host/**', 'worker/**', 'standalone/**', '**/public/**'] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  jsxA11y.flatConfigs.strict,
  reactHooks.configs.flat['recommended-latest'],
  {
    languageOptions: {
      globals: { ...globals.browser },
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      ...style,
      'no-restricted-imports': ['error', { patterns: [insides, features, testing] }],
    },
  },
  { files: ['*/src/features/*/*.{ts,tsx}'], rules: { 'no-restricted-imports': ['error', { patterns: [insides, sibling, testing] }] } },
  { files: ['*/src/features/*/*/*.{ts,tsx}'], rules: { 'no-restricted-imports': ['error', { patterns: [insides, siblingFromBelow, testing] }] } },
  { files: ['shared/**'], rules: { 'no-restricted-imports': ['error', { patterns: [insides, apps, testing] }] } },
  { files: ['shared/testing/**', '**/*.test.ts', '**/*.test.tsx'], rules: { 'no-restricted-imports': ['error', { patterns: [insides, apps] }] } },
  { files: ['**/*.mjs', '*.js', 'checks/**', '**/vite.config.ts', 'vite.shared.ts', 'precompress.ts'], ...tseslint.configs.disableTypeChecked, languageOptions: { globals: { ...globals.node }, parserOptions: { projectService: false } } },
  { files: ['checks/**', '**/codegen/**'], rules: { 'no-console': 'off' } },
);
