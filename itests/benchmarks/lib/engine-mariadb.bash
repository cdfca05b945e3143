# MariaDB as one of the engines of next-day, see engine-postgresql.bash. Sourced after settings.bash.

mariadb_packages=(mariadbd=mariadb-server mariadb-install-db=mariadb-server mariadb-admin=mariadb-client
  mariadb=mariadb-client mariadb-dump=mariadb-client)
mariadb_server=

as_mariadb() {
  (cd / && as_server_user mysql "$@")
}

mariadb_sql() {
  mariadb --no-defaults --socket="$mariadb_directory/s" -u root --local-infile=1 till "$@"
}

start_mariadb() {
  # The pid of runuser, which ends with the server.
  as_mariadb mariadbd --no-defaults --datadir="$mariadb_directory/data" --socket="$mariadb_directory/s" \
    --skip-networking --pid-file="$mariadb_directory/pid" --innodb-flush-log-at-trx-commit=0 --skip-log-bin \
    --character-set-server=utf8mb4 >>"$mariadb_directory.log" 2>&1 &
  mariadb_server=$!
  until mariadb-admin --no-defaults --socket="$mariadb_directory/s" -u root --silent ping >/dev/null 2>&1; do
    kill -0 "$mariadb_server" 2>/dev/null || fail "MariaDB does not start, see $mariadb_directory.log."
    sleep 0.1
  done
}

stop_mariadb() {
  [[ -n $mariadb_server ]] || return 0
  mariadb-admin --no-defaults --socket="$mariadb_directory/s" -u root shutdown || true
  wait "$mariadb_server" || true
  mariadb_server=
}

mariadb_add() {
  local table
  for table in receipt receipt_line payment journal; do
    mariadb_load "$table" "$1" "$2"
  done
}

mariadb_load() {
  till_rows "$1" "$2" "$3" | mariadb_sql -e "LOAD DATA LOCAL INFILE '/dev/stdin' INTO TABLE $1 CHARACTER SET utf8mb4"
}

mariadb_open() {
  mariadb_directory=$work/mariadb
  ((${#mariadb_directory} < 90)) || fail "$mariadb_directory is too long for a Unix socket; choose another --work."
  note "Making a MariaDB server"
  make_server_directory mysql "$mariadb_directory"
  as_mariadb mariadb-install-db --no-defaults --datadir="$mariadb_directory/data" --skip-test-db \
    --auth-root-authentication-method=normal >"$mariadb_directory.log" 2>&1 || fail "See $mariadb_directory.log."
  start_mariadb
  note "Seeding till with $receipts receipts"
  mariadb-admin --no-defaults --socket="$mariadb_directory/s" -u root create till
  # What a MariaDB till has for times: TIMESTAMP ends in 2038.
  sed 's/ timestamp / datetime /' "$here/sql/tables.sql" | mariadb_sql
  mariadb_load article 1 "$articles"
  mariadb_load customer 1 "$customers"
  mariadb_add 1 "$receipts"
  stop_mariadb
  as_mariadb cp -a "$mariadb_directory/data" "$mariadb_directory/first"
  start_mariadb
}

mariadb_close() {
  stop_mariadb
  rm -rf "$work/mariadb"
}

mariadb_begin_case() {
  stop_mariadb
  rm -rf "$mariadb_directory/data"
  as_mariadb cp -a "$mariadb_directory/first" "$mariadb_directory/data"
  start_mariadb
}

mariadb_change() {
  mariadb_sql
}

mariadb_rewrite() {
  mariadb_sql -e "OPTIMIZE TABLE article, customer, receipt, receipt_line, payment, journal" >/dev/null
}

# There is one database, of whichever day.
mariadb_dump() {
  mariadb-dump --no-defaults --socket="$mariadb_directory/s" -u root --single-transaction till
}
