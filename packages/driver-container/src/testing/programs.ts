import type { CompliancePrograms, LittleProgram } from '@hotaru/driver/compliance'

/** The little programs of the compliance suite for an image with a shell and perl. */
export function programs(image: string): CompliancePrograms {
  const run = (command: readonly string[]): LittleProgram => ({ program: { driver: 'container', image, command } })
  const sh = (script: string, ...args: string[]) => run(['/bin/bash', '-c', script, 'program', ...args])
  const perl = (script: string, ...args: string[]) => run(['/usr/bin/perl', '-e', script, ...args])
  return {
    hello: () => sh('echo hello; echo trouble >&2; exit 3'),
    untilGo: () => sh('echo ready; until [ -e go ]; do sleep 0.05; done; exit 7'),
    polite: () => sh('trap "exit 9" TERM; echo ready; while :; do sleep 0.05; done'),
    stubborn: () => sh('trap "" TERM; echo ready; while :; do sleep 0.2; done'),
    makeFile: () => sh('mkdir -p out; printf "made here" > out/result.txt'),
    count: () => sh('for line in {0..99}; do echo "line $line"; sleep 0.003; done'),
    marked: (marker) => perl('$| = 1; print "ready\\n"; sleep 1 while 1', marker),
    takeMemory: (bytes) => perl('my $all = "x" x $ARGV[0]; print "took it all\\n"', String(bytes)),
    multiply: (count) =>
      perl(
        '$| = 1; for (1..$ARGV[0]) { my $id = fork; exit 1 unless defined $id; unless ($id) { sleep 1000; exit } } ' +
          'print "started all\\n"; sleep 1000',
        String(count),
      ),
    fillDisk: (bytes) =>
      sh(
        'left=$1; n=0; while [ "$left" -gt 0 ]; do size=$((left < 8388608 ? left : 8388608)); ' +
          'head -c "$size" /dev/zero > "file-$n" || exit 1; left=$((left - size)); n=$((n + 1)); done; echo "wrote it all"',
        String(bytes),
      ),
    flood: (bytes) => sh('yes "$(printf "%0200d" 7)" | head -c "$1"', String(bytes)),
    spin: () => sh('echo ready; while :; do :; done'),
    copyStdin: () => ({ command: ['/bin/sh', '-c', 'cat; exit 4'] }),
  }
}
