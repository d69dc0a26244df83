import tseslint from 'typescript-eslint'

/** Strict, type-checked; the core also may not cast, assert, or use what only a class or an enum gives. */
export default tseslint.config(
  { ignores: ['dist/**', 'docs/dist/**', 'node_modules/**', '.stryker-tmp/**', 'reports/**'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { project: ['test/tsconfig.json', 'src/cli/tsconfig.json', 'docs/site/client/tsconfig.json', 'docs/site/playground/tsconfig.json'], tsconfigRootDir: new URL('..', import.meta.url).pathname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
    },
  },
  {
    files: ['src/protocol/**/*.ts', 'src/case/**/*.ts', 'src/diagram/**/*.ts', 'src/conformance/**/*.ts', 'src/crosswalk/**/*.ts', 'src/measuring/**/*.ts', 'src/advice/**/*.ts', 'src/verify/**/*.ts', 'src/bridge/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'unions and tables, no enums' },
        { selector: 'ClassDeclaration', message: 'values and functions, no classes' },
        { selector: 'ThrowStatement', message: 'the core does not throw' },
        { selector: 'ExportDefaultDeclaration', message: 'names, no default exports' },
      ],
    },
  },
  { files: ['test/**/*.ts', 'test/**/*.js', 'examples/**/*.ts', 'docs/**/*.ts', '*.ts'], rules: { '@typescript-eslint/no-unsafe-assignment': 'off', '@typescript-eslint/no-floating-promises': 'off', '@typescript-eslint/require-await': 'off' } },
  { files: ['**/*.js'], ...tseslint.configs.disableTypeChecked },
)
