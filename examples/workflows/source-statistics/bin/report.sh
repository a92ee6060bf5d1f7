# Prints the tables that the nodes before have left, and the values that they have handed on.
set -eu
echo "$TITLE: $FILES files"
printf '\n%-16s %6s %8s %8s %8s\n' module files code comment blank
sort lines-*.tsv | awk -F '\t' '
  { printf "%-16s %6d %8d %8d %8d\n", $1, $2, $3, $4, $5; f += $2; c += $3; m += $4; b += $5 }
  END { printf "%-16s %6d %8d %8d %8d\n", "all", f, c, m, b }'
for table in longest imports words; do
  printf '\n%s\n' "$table"
  awk -F '\t' '{ printf "%6d  %s\n", $1, $2 }' "$table.tsv"
done
printf '\nnotes of work that is left: %s\n' "$NOTES"
