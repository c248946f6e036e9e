#!/bin/sh
# told.sh TASK COMMAND...: runs the command, and reports its end and its result to the node exporter.
# TOLD_DIR is the exporter's --collector.textfile.directory. The exit code is that of the command.
set -u
task=$1
shift
"$@"
code=$?
outcome=done
[ "$code" -eq 0 ] || outcome=failed
file=${TOLD_DIR:?is not set}/zaiseki-$task-$outcome.prom
printf 'zaiseki_task_timestamp_seconds{task="%s",outcome="%s"} %s\n' "$task" "$outcome" "$(date +%s)" > "$file.$$" &&
  chmod 0644 "$file.$$" && mv "$file.$$" "$file"
exit "$code"
