# A PostgreSQL cluster of our own, with a till in it. Sourced after settings.bash.

postgresql_packages=(initdb=postgresql-15 pg_ctl=postgresql-15 postgres=postgresql-15 psql=postgresql-client-15
  pg_dump=postgresql-client-15)
# Not Debian's wrappers, which look for the system's clusters and start slowly.
[[ ! -d /usr/lib/postgresql/15/bin ]] || PATH=/usr/lib/postgresql/15/bin:$PATH
postmaster=

as_postgres() {
  (cd / && as_server_user postgres "$@")
}

# start_postgresql DIRECTORY [WORD...]: the cluster there, made if it is not; further words are server options.
start_postgresql() {
  local directory=$1
  shift
  cluster=$directory/data
  sockets=$directory/s
  ((${#sockets} < 90)) || fail "$sockets is too long for a Unix socket; choose another --work."
  if [[ ! -f $cluster/PG_VERSION ]]; then
    note "Making a PostgreSQL cluster"
    make_server_directory postgres "$directory"
    as_postgres initdb -D "$cluster" -U postgres -E UTF8 --locale=C.UTF-8 -A trust >/dev/null
    as_postgres mkdir -m 700 "$sockets"
  fi
  local options="-k $sockets -c listen_addresses='' -c fsync=off -c max_wal_size=4GB -c autovacuum=off $*"
  as_postgres pg_ctl -D "$cluster" -w -l "$directory/log" -o "$options" start >/dev/null ||
    fail "PostgreSQL does not start: $(tail -5 "$directory/log")"
  postmaster=$(as_postgres head -1 "$cluster/postmaster.pid")
  background=$(pgrep -c -P "$postmaster")
  export PGHOST=$sockets PGUSER=postgres PGOPTIONS="-c client_min_messages=warning"
}

stop_postgresql() {
  [[ -z $postmaster ]] || as_postgres pg_ctl -D "$cluster" -m fast stop >/dev/null || true
  postmaster=
}

sql() {
  psql -q -X -v ON_ERROR_STOP=1 "$@"
}

# add_receipts DATABASE FIRST LAST
add_receipts() {
  local table
  for table in receipt receipt_line payment journal; do
    till_rows "$table" "$2" "$3" | sql -d "$1" -c "COPY $table FROM STDIN"
  done
}

# seed_postgresql DATABASE RECEIPTS: a till that has sold that many.
seed_postgresql() {
  local database=$1 receipts=$2
  note "Seeding $database with $receipts receipts"
  sql -d postgres -c "DROP DATABASE IF EXISTS $database" -c "CREATE DATABASE $database"
  sql -d "$database" -f - <"$here/sql/tables.sql"
  till_rows article 1 "$articles" | sql -d "$database" -c "COPY article FROM STDIN"
  till_rows customer 1 "$customers" | sql -d "$database" -c "COPY customer FROM STDIN"
  add_receipts "$database" 1 "$receipts"
  sql -d "$database" -c "VACUUM ANALYZE"
}

copy_postgresql() {
  sql -d postgres -c "DROP DATABASE IF EXISTS $2" -c "CREATE DATABASE $2 TEMPLATE $1"
}

# change_postgresql DATABASE RECEIPTS: what a day changes; RECEIPTS were there the day before.
change_postgresql() {
  changes_after "$2" | sql -d "$1" -f -
}

# Hundredths of a second that servers of ended sessions have used so far. Waits until no session is left: what a server
# has used counts from when its parent has seen it end.
postgresql_ticks() {
  while (($(pgrep -c -P "$postmaster") > background)); do
    sleep 0.02
  done
  awk '{ sub(/.*\) /, ""); print $14 + $15 }' "/proc/$postmaster/stat"
}
