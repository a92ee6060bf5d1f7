# Runs one job apart from the engine that starts it, so that it outlives the engine. The directory that holds this file
# also holds the arguments to run, and takes what the engine has to know of the job. Standard output is the job's output
# file already. Only what is built into the shell is used: it costs no process, and PATH cannot mislead it.
directory=${0%/*}

if [ "$1" = detach ]; then
  # For systems without setsid. A shell that has no job control without a terminal says so, and goes on.
  set -m 2>/dev/null
  /bin/sh "$0" &
  exit 0
fi

# A signal to the whole group must not end this shell before it has written the exit code.
trap : HUP INT QUIT TERM USR1 USR2 ALRM

start=- boot=-
if [ -r /proc/$$/stat ]; then
  read -r stat </proc/$$/stat
  set -- ${stat##*) }
  start=${20}
  { read -r boot </proc/sys/kernel/random/boot_id; } 2>/dev/null || boot=-
fi

# Whoever creates this file first, this shell or an engine that gives the start up, decides whether the job ever runs.
set -C
{ echo "$$ $start $boot $REMORA_ATTEMPT_ID" >"$directory/identity"; } 2>/dev/null || exit 0
set +C

newline='
'
argument=
set --
while IFS= read -r line; do
  case $line in
    :*) argument=$argument${line#:}$newline ;;
    *)
      set -- "$@" "$argument${line#+}"
      argument=
      ;;
  esac
done <"$directory/arguments"

# This shell's own remarks, such as "Terminated", are not the job's output.
exec 2>/dev/null
(exec "$@" 2>&1)
echo $? >"$directory/exit.$REMORA_ATTEMPT_ID"
