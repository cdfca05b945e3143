# What all scripts have in common: options, programs, the work directory. Sourced, never run.
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C.UTF-8
# Debian keeps some in directories that only root's path has.
PATH=$PATH:/usr/sbin:/sbin

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
repository=$(cd "$here/../.." && pwd)
work=$repository/itests/target/benchmarks
benchmarks_jar=$here/target/benchmarks.jar
archive_class=de.joecash.backup.core.internal.command.Main
articles=20000
customers=12000

fail() {
  echo "$*" >&2
  exit 2
}

note() {
  printf '%(%H:%M:%S)T %s\n' -1 "$*" >&2
}

# require_programs PROGRAM=PACKAGE...: names every Debian package that is missing, and stops.
require_programs() {
  local pair missing=()
  for pair; do
    command -v "${pair%%=*}" >/dev/null || missing+=("${pair#*=}")
  done
  ((${#missing[@]} == 0)) || fail "Missing Debian packages: $(printf '%s\n' "${missing[@]}" | sort -u | xargs)"
}

require_jar() {
  [[ -f $benchmarks_jar ]] ||
    fail "No $benchmarks_jar. Build it: mvn -q -Pbenchmarks -pl itests/benchmarks -am -DskipTests package"
}

# 1234567 becomes 1,234,567.
grouped() {
  sed -E ':again; s/^([0-9]+)([0-9]{3})/\1,\2/; t again' <<<"$1"
}

# Called once the options are known.
open_work() {
  mkdir -p "$work"
  work=$(cd "$work" && pwd)
  export work
}

# Whoever runs a server: a database refuses to be root's.
as_server_user() {
  local user=$1
  shift
  if ((EUID == 0)); then
    runuser -u "$user" -- "$@"
  else
    "$@"
  fi
}

# make_server_directory USER DIRECTORY: empty, that user's alone.
make_server_directory() {
  local user=$1 directory=$2
  rm -rf "$directory"
  mkdir -m 700 "$directory"
  if ((EUID == 0)); then
    chown "$user:" "$directory"
    as_server_user "$user" test -w "$directory/." ||
      fail "$user cannot reach $directory; choose another --work."
  fi
}

# changes_after RECEIPTS: statements for what a day changes when that many were there the day before.
changes_after() {
  sed "s/:last/$1/g" "$here/sql/changes.sql"
}

till_rows() {
  java -XX:+UseSerialGC -cp "$benchmarks_jar" de.joecash.benchmarks.till.TillRows "$@"
}
