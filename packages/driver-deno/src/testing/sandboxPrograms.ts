import type { SandboxPrograms } from '@hotaru/driver/compliance'
import { programs, say } from './programs.ts'

/** The sandbox suite's probes, in TypeScript for Deno. What is refused is caught: a probe always gets to `done`. */
export const sandboxPrograms: SandboxPrograms = {
  ...programs,
  readPaths: (paths) =>
    probe(`for (const path of ${JSON.stringify(paths)}) attempt(path, () => {
      const { isDirectory } = Deno.statSync(path)
      if (isDirectory) return [...Deno.readDirSync(path)]
      const file = Deno.openSync(path)
      file.readSync(new Uint8Array(1))
    })`),
  seePrivileges: () =>
    probe(`const status = Deno.readTextFileSync('/proc/self/status')
      if (!/^CapEff:\\s*0+$/m.test(status)) console.log('through capabilities')
      if (!/^NoNewPrivs:\\s*1$/m.test(status)) console.log('through privileges')`),
  callKernel: () =>
    probe(`attempt('unshare', () => {
      const libc = Deno.dlopen('libc.so.6', { unshare: { parameters: ['i32'], result: 'i32' } })
      const CLONE_NEWUTS = 0x04000000, CLONE_NEWUSER = 0x10000000, CLONE_FS = 0x200
      // CLONE_FS needs no right and works on threads: it shows whether the call reaches the kernel at all.
      if (libc.symbols.unshare(CLONE_FS) !== 0) throw new Error('refused')
    })`),
  connect: (addresses) =>
    probe(`await Promise.all(${JSON.stringify(addresses)}.map(async ({ host, port }) => {
      await attemptSoon(host + ':' + port, async () => (await Deno.connect({ hostname: host, port })).close())
    }))`),
  resolveNames: (names) =>
    probe(`for (const name of ${JSON.stringify(names)}) {
      await attemptSoon(name, async () => { (await Deno.connect({ hostname: name, port: 9 })).close() }, /refused/i)
    }`),
  seeEnvironment: (names) =>
    probe(`for (const name of ${JSON.stringify(names)}) attempt(name, () => {
      if (Deno.env.get(name) === undefined) throw new Error('not there')
    })`),
  followLinks: (read, write) =>
    probe(`for (const path of ${JSON.stringify(read)}) attempt(path, () => Deno.readFileSync(path))
      for (const path of ${JSON.stringify(write)}) attempt(path, () => Deno.writeTextFileSync(path, 'planted'))`),
}

function probe(script: string) {
  return say(`
    const attempt = (what, run) => { try { run(); console.log('through ' + what) } catch {} }
    const attemptSoon = async (what, run, alsoThrough) => {
      let timer
      const late = new Promise((_, reject) => timer = setTimeout(() => reject(new Error('late')), 1000))
      try { await Promise.race([run(), late]); console.log('through ' + what) }
      catch (error) { if (alsoThrough?.test(error.message)) console.log('through ' + what) }
      clearTimeout(timer)
    }
    ${script}
    console.log('done')
    Deno.exit(0)`)
}
