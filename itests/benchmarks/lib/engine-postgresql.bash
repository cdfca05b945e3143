# PostgreSQL as one of the engines of next-day. Sourced after postgresql.bash.
# Each engine has the same seven functions; "till" is the first day, "next" the case under way.

postgresql_open() {
  start_postgresql "$work/postgresql"
  seed_postgresql till "$receipts"
}

postgresql_close() {
  stop_postgresql
  rm -rf "$work/postgresql"
}

postgresql_begin_case() {
  copy_postgresql till next
}

# FIRST LAST, numbers of receipts
postgresql_add() {
  add_receipts next "$1" "$2"
}

# statements on standard input
postgresql_change() {
  sql -d next -f -
}

# what reorganises the whole database
postgresql_rewrite() {
  sql -d next -c "VACUUM FULL"
}

# till or next, to standard output
postgresql_dump() {
  pg_dump -d "$1"
}
