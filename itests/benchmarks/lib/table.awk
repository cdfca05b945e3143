# One part of figures.tsv as a Markdown table: medians over the rounds.
# Columns: part, round, row, wall, CPU of the clients, CPU of the server, bytes, peak KiB, CPU of others.
BEGIN { FS = "\t" }

$1 == part {
  if (!($3 in runs)) {
    order[++rows] = $3
  }
  run = ++runs[$3]
  round[$3, run] = $2
  for (column = 4; column <= 9; column++) {
    value[$3, column, run] = $column
  }
  if ($3 ~ base) {
    baseWall[$2] += $4
    baseRuns[$2]++
  }
}

function median(row, column, count, run, other, list, swap) {
  for (run = 1; run <= count; run++) {
    list[run] = value[row, column, run] + 0
  }
  for (run = 1; run <= count; run++) {
    for (other = run + 1; other <= count; other++) {
      if (list[other] < list[run]) {
        swap = list[run]; list[run] = list[other]; list[other] = swap
      }
    }
  }
  least = list[1]
  most = list[count]
  return count % 2 ? list[(count + 1) / 2] : (list[count / 2] + list[count / 2 + 1]) / 2
}

END {
  print "| | wall s (range) | ratio | CPU s | of it server | bytes | to gzip -6 | peak RSS MiB | others' CPU s |"
  print "|---|---:|---:|---:|---:|---:|---:|---:|---:|"
  sizeBytes = size == "" || !(size in runs) ? 0 : median(size, 7, runs[size])
  for (i = 1; i <= rows; i++) {
    row = order[i]
    count = runs[row]
    for (run = 1; run <= count; run++) {
      r = round[row, run]
      value[row, "ratio", run] = r in baseWall ? value[row, 4, run] / (baseWall[r] / baseRuns[r]) : 0
      value[row, "cpu", run] = value[row, 5, run] + value[row, 6, run]
    }
    wall = median(row, 4, count)
    range = sprintf("%.1f–%.1f", least, most)
    bytes = median(row, 7, count)
    printf "| %s | %.1f (%s) | %.2f | %.1f | %.1f | %s | %s | %.0f | %.1f |\n", row, wall, range,
      median(row, "ratio", count), median(row, "cpu", count), median(row, 6, count),
      bytes ? grouped(bytes) : "–", bytes && sizeBytes ? sprintf("%.3f", bytes / sizeBytes) : "–",
      median(row, 8, count) / 1024, median(row, 9, count)
  }
}

function grouped(number, text, result) {
  text = sprintf("%.0f", number)
  while (length(text) > 3) {
    result = "," substr(text, length(text) - 2) result
    text = substr(text, 1, length(text) - 3)
  }
  return text result
}
