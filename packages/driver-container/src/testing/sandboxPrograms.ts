import type { LittleProgram, SandboxPrograms } from '@hotaru/driver/compliance'
import { programs } from './programs.ts'

/** The probes of the sandbox suite for an image with a shell and perl. What is refused is passed over. */
export function sandboxPrograms(image: string): SandboxPrograms {
  const run = (command: readonly string[]): LittleProgram => ({ program: { driver: 'container', image, command } })
  const perl = (script: string, ...args: string[]) =>
    run(['/usr/bin/perl', '-e', `$| = 1; ${script}; print "done\\n"`, ...args])
  const bash = (script: string, ...args: string[]) => run(['/bin/bash', '-c', `${script}; echo done`, 'probe', ...args])
  return {
    ...programs(image),
    // What lies in the image is the renter's own, as is the environment of his own first process; three files with the
    // container's name are made by the engine; a file that is masked opens and is empty.
    readPaths: (paths) =>
      perl(
        `sub content { my ($path) = @_; my $bytes = ""; if (open my $file, "<", $path) { sysread $file, $bytes, 65536 } $bytes }
        sub names { my ($path) = @_; opendir(my $folder, $path) or return; grep { !/^\\.\\.?$/ } readdir $folder }
        my ($root) = stat "/"; my %made;
        for (split /\\n/, content "/proc/self/mountinfo") {
          my @part = split; $made{$part[4]} = 1 if $part[3] =~ m{/containers/[0-9a-f]{64}/}
        }
        for my $path (@ARGV) {
          my ($device) = stat $path;
          next if !defined $device || $device == $root || $made{$path};
          my $found = -d _ ? names $path : length content $path;
          next if $path =~ m{/environ$} && content($path) eq content "/proc/self/environ";
          print "through $path\\n" if $found
        }`,
        ...paths,
      ),
    seePrivileges: () =>
      perl(`open my $status, "<", "/proc/self/status"; my $said = join "", <$status>;
        print "through capabilities\\n" if $said !~ /^CapEff:\\s*0+$/m;
        print "through privileges\\n" if $said !~ /^NoNewPrivs:\\s*1$/m`),
    // CLONE_FS needs no right: it shows whether the call reaches the kernel at all. 272 on x86-64, 97 on arm64.
    callKernel: () => perl('print "through unshare\\n" if syscall(`uname -m` =~ /aarch64/ ? 97 : 272, 0x200) == 0'),
    connect: (addresses) =>
      bash(
        'for one in "$@"; do (timeout 1 bash -c "exec 3<>/dev/tcp/$one" && echo "through $one") 2>/dev/null & done; wait',
        ...addresses.map(({ host, port }) => `${host}/${port}`),
      ),
    resolveNames: (names) =>
      bash('for name in "$@"; do getent hosts "$name" > /dev/null && echo "through $name"; done', ...names),
    seeEnvironment: (names) => perl('for (@ARGV) { print "through $_\\n" if exists $ENV{$_} }', ...names),
    followLinks: (read, write) =>
      bash(
        `read=$1; shift; for ((n = 0; n < read; n++)); do cat "$1" > /dev/null 2>&1 && echo "through $1"; shift; done
        for path in "$@"; do (echo planted > "$path") 2> /dev/null && echo "through $path"; done`,
        String(read.length),
        ...read,
        ...write,
      ),
  }
}
