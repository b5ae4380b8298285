import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { findDevices } from './findDevices.ts'
import { grantDevices } from './grantDevices.ts'

let root = ''
afterEach(() => rm(root, { recursive: true, force: true }))

/** A machine's `/proc` and `/sys` as its drivers would make them. */
async function machine(files: Record<string, string>): Promise<string> {
  root = await mkdtemp(join(tmpdir(), 'hotaru-devices-'))
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  return root
}

const nvidia = (minor: number, uuid: string) =>
  `Model: \t\t NVIDIA GeForce RTX 4090\nIRQ:   \t\t 45\nGPU UUID: \t ${uuid}\nBus Type: \t PCIe\nDevice Minor: \t ${minor}\n`

test('finds NVIDIA GPUs by their minor number, then AMD and Intel ones, and nothing else that draws', async () => {
  const found = findDevices({
    root: await machine({
      'proc/driver/nvidia/gpus/0000:02:00.0/information': nvidia(1, 'GPU-b'),
      'proc/driver/nvidia/gpus/0000:41:00.0/information': nvidia(0, 'GPU-a'),
      'sys/class/drm/renderD128/device/vendor': '0x1002\n',
      'sys/class/drm/renderD128/device/uevent': 'DRIVER=amdgpu\nPCI_SLOT_NAME=0000:03:00.0\n',
      'sys/class/drm/renderD129/device/vendor': '0x10de\n',
      'dev/kfd': '',
      'dev/dri/renderD128': '',
    }),
  })
  expect(found.map(({ slot, id, nodes }) => ({ slot, id, nodes }))).toEqual([
    { slot: 0, id: 'GPU-a', nodes: ['/dev/nvidia0', '/dev/nvidiactl'] },
    { slot: 1, id: 'GPU-b', nodes: ['/dev/nvidia1', '/dev/nvidiactl'] },
    { slot: 2, id: 'pci:0000:03:00.0', nodes: ['/dev/dri/renderD128', '/dev/kfd'] },
  ])
})

test('finds none where there is none', async () => {
  expect(findDevices({ root: await machine({}) })).toEqual([])
})

test('grants the leased devices by name, each engine in its way, and never all', () => {
  const card = { slot: 0, kind: 'gpu', name: 'x', id: 'GPU-a', nodes: ['/dev/nvidia0'] } as const
  const nvidiaCard = { ...card, grant: { by: 'nvidia', uuid: 'GPU-a' } } as const
  const amdCard = { ...card, id: 'pci:1', nodes: ['/dev/kfd'], grant: { by: 'nodes', groups: [44] } } as const
  const docker = grantDevices({ kind: 'docker' }, [nvidiaCard, amdCard])
  expect(docker.hostConfig.DeviceRequests).toMatchObject([{ Driver: 'nvidia', DeviceIDs: ['GPU-a'] }])
  expect(docker.hostConfig.Devices).toEqual([
    { PathOnHost: '/dev/kfd', PathInContainer: '/dev/kfd', CgroupPermissions: 'rw' },
  ])
  expect(docker.hostConfig.GroupAdd).toEqual(['44'])
  const podman = grantDevices({ kind: 'podman' }, [nvidiaCard])
  expect(podman.hostConfig.DeviceRequests, 'Podman drops them without a word').toBeUndefined()
  expect(podman.cdi).toEqual(['nvidia.com/gpu=GPU-a'])
  expect(grantDevices({ kind: 'docker' }, []).env).toEqual(['NVIDIA_VISIBLE_DEVICES=void'])
})
