import { defineConfig } from 'vitest/config'

/**
 * Two projects: `ok` needs nothing but the packages; `real` (`*.real.test.ts`) needs sandboxes, an engine, whole
 * processes. Real ones run one file at a time: they measure walls and limits, and must not starve each other.
 */
export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    projects: [
      {
        extends: true,
        test: { name: 'ok', include: ['**/*.test.ts'], exclude: ['**/node_modules/**', '**/*.real.test.ts'] },
      },
      {
        extends: true,
        test: { name: 'real', include: ['**/*.real.test.ts'], exclude: ['**/node_modules/**'], fileParallelism: false },
      },
    ],
  },
})
