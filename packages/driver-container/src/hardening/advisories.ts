/** A published hole, and the versions that closed it. */
export type Advisory = {
  id: string
  /** Component as `Engine.components` names it. */
  component: string
  /** First safe version of each branch (`1.2` → `1.2.8`); a branch below the lowest has no safe version. */
  fixed: readonly string[]
  what: string
}

/**
 * Holes that let a workload out of its container. From the advisories and change logs of runc and of NVIDIA's container
 * toolkit, as of November 2026; when a new one is published, it gets a line here.
 */
export const advisories: readonly Advisory[] = [
  { id: 'CVE-2024-21626', component: 'runc', fixed: ['1.1.12'], what: 'a leaked handle of the host’s file system' },
  {
    id: 'CVE-2025-31133',
    component: 'runc',
    fixed: ['1.2.8', '1.3.3', '1.4.0'],
    what: 'masked paths that are swapped',
  },
  { id: 'CVE-2025-52565', component: 'runc', fixed: ['1.2.8', '1.3.3', '1.4.0'], what: 'a console that is swapped' },
  {
    id: 'CVE-2025-52881',
    component: 'runc',
    fixed: ['1.2.8', '1.3.3', '1.4.0'],
    what: 'writes to /proc that are led astray',
  },
  {
    id: 'CVE-2024-0132',
    component: 'nvidia-container-toolkit',
    fixed: ['1.16.2'],
    what: 'a race that mounts the host',
  },
  {
    id: 'CVE-2025-23359',
    component: 'nvidia-container-toolkit',
    fixed: ['1.17.4'],
    what: 'a link that mounts the host',
  },
  {
    id: 'CVE-2025-23266',
    component: 'nvidia-container-toolkit',
    fixed: ['1.17.8'],
    what: 'a library that runs as root',
  },
  {
    id: 'CVE-2025-23267',
    component: 'nvidia-container-toolkit',
    fixed: ['1.17.8'],
    what: 'a link that writes to the host',
  },
]
