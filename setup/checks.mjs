/** The checks that read the code without running Hotaru, and the contracts' own tests. */
export const checks = [
  ['style', 'biome', ['ci', '--error-on-warnings', '--colors=off', '.']],
  ['types', 'tsc', ['-b']],
  ['dead code', 'knip', ['--strict']],
  ['contract style', 'node', ['contracts/forge.ts', 'fmt', '--check']],
  ['contract interfaces', 'node', ['contracts/build.ts', '--check']],
  ['contracts', 'node', ['contracts/forge.ts', 'test'], { counts: 'forge' }],
]
