#!/bin/sh
# Keeps one workload: its output within a bound, its disk within a quota, its end at its deadline, and its exit on
# disk. It needs no agent, and costs a shell instead of a runtime. When it dies, the box dies with it.
#
# usage: keeper.sh STATE COMMAND...
#   DIRECTORY     the workload's own directory
#   DEADLINE_CS   when to end it, in hundredths of a second of uptime (which goes on while the machine sleeps)
#   DISK_KB       what the directory may hold
#   LOG_BYTES     what is kept of each stream
#   CGROUPS       control groups to enter, space between
#   OOM           file with a line "oom_kill N", may be empty
#   FILTER        system call filter for file descriptor 9

# Everything is in functions: a shell reads its script as it goes, and this one must outlive an update of the agent.
main() {
  trap end_box TERM
  state=$1
  shift
  cd "$state" || exit 1
  umask 077
  read -r boot </proc/sys/kernel/random/boot_id
  read -r stat </proc/$$/stat
  write_keeper "$boot" ${stat##*) }
  # To open one end of a named pipe waits for the other, for ever if that never comes. With both ends open here first
  # nobody waits, and no child has an end that it does not use.
  mkfifo out.pipe err.pipe || exit 1
  exec 4<>out.pipe 5<out.pipe 6>out.pipe 4>&-
  exec 4<>err.pipe 7<err.pipe 8>err.pipe 4>&-
  (pump stdout) <&5 5<&- 6>&- 7<&- 8>&- &
  out=$!
  (pump stderr) <&7 5<&- 6>&- 7<&- 8>&- &
  err=$!
  (enter_cgroups && exec "$@") </dev/null >&6 2>&8 3>status.json 9<"$FILTER" 5<&- 6>&- 7<&- 8>&- &
  box=$!
  exec 5<&- 6>&- 7<&- 8>&-
  echo "$box" >box
  rm out.pipe err.pipe
  watch &
  watcher=$!
  code=-1
  while :; do
    wait "$box"
    code=$?
    kill -0 "$box" 2>/dev/null || break
  done
  kill "$watcher" 2>/dev/null
  end_cgroups
  wait "$out" "$err"
  # One that filled the disk and ended between two looks.
  [ -s why ] || is_full
  record "$code"
  # Last, because the record asks them how often the memory limit struck.
  for group in $CGROUPS; do rmdir "$group" 2>/dev/null; done
}

# Field 22 of proc(5) is when we began; the first two are cut off, because a name may hold spaces.
write_keeper() { echo "$$ ${21} $1" >keeper; }

# What a program prints is kept up to a bound; the rest is read and thrown away, so that it never blocks.
pump() {
  exec >>"$1"
  kept=0
  while [ "$kept" -lt "$LOG_BYTES" ]; do
    # It counts reads, and a pipe gives as little as was written: so what is left is asked for again.
    dd bs=65536 count=$((LOG_BYTES - kept)) iflag=count_bytes status=none
    before=$kept
    kept=$(wc -c <"$1")
    [ "$kept" = "$before" ] && return
  done
  if [ -n "$(dd bs=1 count=1 status=none | tr '\0\n' 'xx')" ]; then
    printf '\n[hotaru: output was cut here, after %s bytes]\n' "$LOG_BYTES"
    cat >/dev/null
  fi
}

enter_cgroups() {
  for group in $CGROUPS; do echo 0 >"$group/cgroup.procs" || exit 125; done
}

# Ends at the deadline, or when the directory has grown over its quota. Looks once a second.
watch() {
  trap 'kill "$nap" 2>/dev/null; exit 0' TERM
  while kill -0 $$ 2>/dev/null; do
    read -r up _ </proc/uptime
    left=$((DEADLINE_CS - ${up%.*}${up#*.}))
    if [ "$left" -le 0 ]; then
      echo deadline >why
      end_box
      left=100
    fi
    [ "$left" -gt 100 ] && left=100
    sleep "$((left / 100)).$(printf %02d $((left % 100)))" &
    nap=$!
    wait "$nap"
    is_full && end_box
  done
}

is_full() {
  used=$(du -skx "$DIRECTORY" 2>/dev/null)
  [ "${used%%[!0-9]*}" -gt "$DISK_KB" ] && echo disk >why
}

# The first process of the box takes all others with it, and is gone only after them.
end_box() {
  read -r _ _ first _ <status.json
  first=${first%,}
  kill -KILL "${first:-$(cat box)}" 2>/dev/null
}

# Commands that were run beside the program.
end_cgroups() {
  for group in $CGROUPS; do
    while read -r process; do kill -KILL "$process"; done <"$group/cgroup.procs"
  done 2>/dev/null
}

record() {
  code=$1
  reason=exited
  if [ -s why ]; then
    read -r reason <why
  elif [ -e stopping ]; then
    reason=stopped
  elif [ "$(oom_kills)" -gt 0 ]; then
    reason=memory
  elif [ "$code" = 153 ]; then
    reason=disk # SIGXFSZ: one file over the quota
  fi
  # 137 is SIGKILL, which only we and the kernel's memory limit send.
  [ "$reason" != exited ] && [ "$code" -ge 128 ] && code=null
  printf '{"code":%s,"reason":"%s"}\n' "$code" "$reason" >exit.new
  sync exit.new 2>/dev/null
  mv exit.new exit.json
}

oom_kills() {
  count=0
  if [ -r "$OOM" ]; then
    while read -r key value; do [ "$key" = oom_kill ] && count=$value; done <"$OOM"
  fi
  echo "$count"
}

main "$@"
exit
