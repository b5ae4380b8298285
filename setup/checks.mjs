/** The checks that read the code without running Hotaru, and the contracts' own tests. */
export const checks = [
  ['style', 'biome', ['ci', '--error-on-warnings', '.']],
  ['types', 'tsc', ['-b']],
  ['dead code', 'knip', ['--strict']],
  ['contract style', 'forge', ['fmt', '--check'], { cwd: 'contracts' }],
  ['contract interfaces', 'node', ['contracts/build.ts', '--check']],
  ['contracts', 'forge', ['test'], { cwd: 'contracts', counts: 'forge' }],
]
