import tseslint from 'typescript-eslint';
import { configs as lit } from 'eslint-plugin-lit';

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '**/test-results/**',
      '**/playwright-report/**',
      // Written by `npm run contract`.
      'client/src/contract.ts',
    ],
  },
  ...tseslint.configs.recommended,
  lit['flat/recommended'],
  {
    rules: {
      // A leading underscore says that an argument is there for the ones after it.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // A hub's argument may be anything; what comes in is checked, not cast.
      '@typescript-eslint/no-explicit-any': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', 400],
    },
  },
);
