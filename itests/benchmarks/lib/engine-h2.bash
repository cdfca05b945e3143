# H2 as one of the engines of next-day, see engine-postgresql.bash. Sourced after settings.bash.

h2_tool() {
  java -Xmx512m -XX:+UseSerialGC -cp "$benchmarks_jar" "org.h2.tools.$1" -url "jdbc:h2:file:$work/h2/$2" -user sa "${@:3}"
}

# h2_load DATABASE TABLE FIRST LAST
h2_load() {
  till_rows "$2" "$3" "$4" >"$work/h2/rows"
  local columns
  columns=$(awk -v table="$2" '
    $1 == "CREATE" { inside = $3 == table }
    inside && /^ +[a-z]/ { printf "%s%s", count++ ? "\\t" : "", $1 }' "$here/sql/tables.sql")
  h2_tool Shell "$1" -sql "INSERT INTO $2 SELECT * FROM CSVREAD('$work/h2/rows', STRINGDECODE('$columns'),
    STRINGDECODE('charset=UTF-8 fieldSeparator=\\t null=\\\\N'))" >/dev/null
  rm "$work/h2/rows"
}

# h2_add_to DATABASE FIRST LAST
h2_add_to() {
  local table
  for table in receipt receipt_line payment journal; do
    h2_load "$1" "$table" "$2" "$3"
  done
}

h2_open() {
  rm -rf "$work/h2"
  mkdir "$work/h2"
  note "Seeding till with $receipts receipts"
  h2_tool RunScript till -script "$here/sql/tables.sql"
  h2_load till article 1 "$articles"
  h2_load till customer 1 "$customers"
  h2_add_to till 1 "$receipts"
}

h2_close() {
  rm -rf "$work/h2"
}

h2_begin_case() {
  cp "$work/h2/till.mv.db" "$work/h2/next.mv.db"
}

h2_add() {
  h2_add_to next "$1" "$2"
}

h2_change() {
  cat >"$work/h2/statements"
  h2_tool RunScript next -script "$work/h2/statements"
}

# H2 reorganises a database by writing it out and reading it in.
h2_rewrite() {
  h2_dump next >"$work/h2/whole"
  rm "$work/h2/next.mv.db"
  h2_tool RunScript next -script "$work/h2/whole"
  rm "$work/h2/whole"
}

h2_dump() {
  h2_tool Script "$1" -script "$work/h2/script"
  cat "$work/h2/script"
  rm "$work/h2/script"
}
