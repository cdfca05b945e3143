# Measures whole pipelines and prints their table. Sourced after settings.bash and postgresql.bash.

measure_packages=(/usr/bin/time=time awk=mawk unzip=unzip)
figures=

open_figures() {
  figures=$work/figures.tsv
  : >"$figures"
  : >"$work/log"
}

# bytes_of PATH...: of files, and of all files below directories.
bytes_of() {
  find "$@" -type f -printf '%s\n' | awk '{ sum += $1 } END { printf "%d\n", sum }'
}

# Hundredths of a second that this machine's processors have worked so far, for whomever.
machine_ticks() {
  awk '$1 == "cpu" { print $2 + $3 + $4 + $7 + $8 + $9 }' /proc/stat
}

# measure PART ROUND ROW PIPELINE [PATH...]: runs it and writes down wall seconds, CPU seconds of the pipeline's
# processes and of the server's sessions, bytes of the paths, the most memory that one of the processes had in RAM, and
# the CPU seconds that anybody else had meanwhile.
measure() {
  local part=$1 round=$2 row=$3 pipeline=$4 before after others bytes=0 wall memory
  shift 4
  before=$(postgresql_ticks)
  others=$(machine_ticks)
  if ! /usr/bin/time -q -f '%e %U %S %M' -o "$work/time" bash -o pipefail -c "$pipeline" >>"$work/log" 2>&1; then
    tail -5 "$work/log" >&2
    fail "Failed: $pipeline"
  fi
  others=$(($(machine_ticks) - others))
  after=$(postgresql_ticks)
  read -r wall _ _ memory <"$work/time"
  (($# == 0)) || bytes=$(bytes_of "$@")
  awk -v OFS='\t' -v ticks=$((after - before)) -v hertz="$(getconf CLK_TCK)" \
    -v part="$part" -v round="$round" -v row="$row" -v wall="$wall" -v cpu="$(awk "{ print \$2 + \$3 }" "$work/time")" \
    -v bytes="$bytes" -v memory="$memory" -v others="$others" \
    'BEGIN { print part, round, row, wall, cpu, ticks / hertz, bytes, memory, (others - ticks) / hertz - cpu }' >>"$figures"
  note "$part $round: $row: $wall s"
}

# less_bytes PART ROUND ROW BYTES: takes off what was there before the row's run.
less_bytes() {
  awk -v FS='\t' -v OFS='\t' -v part="$1" -v round="$2" -v row="$3" -v less="$4" \
    '$1 == part && $2 == round && $3 == row { $7 -= less } { print }' "$figures" >"$figures.new"
  mv "$figures.new" "$figures"
}

# print_table PART TITLE BASE [SIZE]: rows whose names match BASE are what walls are compared with, in their own round;
# the row SIZE is what bytes are compared with.
print_table() {
  printf '\n### %s\n\n' "$2"
  awk -v part="$1" -v base="$3" -v size="${4:-}" -f "$here/lib/table.awk" "$figures"
}

print_machine() {
  printf '%s, %s cores, %s; %s; %s; %s.\n' \
    "$(awk -F': ' '/^model name/ { print $2; exit }' /proc/cpuinfo)" "$(nproc)" \
    "$(awk '/^MemTotal/ { printf "%.0f GB RAM", $2 / 1e6 }' /proc/meminfo)" \
    "$(. /etc/os-release && echo "$PRETTY_NAME")" "$(java -version 2>&1 | sed -n 2p)" "$(postgres --version)"
  printf 'Load when it began %s, when it ended %s.\n' "$load_before" "$(cut -d' ' -f1 /proc/loadavg)"
}
