# Counts once more, with tools of the shell only; all three must agree.
set -eu
LC_ALL=C
export LC_ALL
cat input/* | tr -cs 'A-Za-z' '\n' | tr 'A-Z' 'a-z' | sed '/^$/d' | sort | uniq -c | awk '{ print $2 "\t" $1 }' | sort > shell.tsv
for by in mapreduce spark; do
  cat "$by"/part-* | sort > "$by.tsv"
  cmp shell.tsv "$by.tsv"
done
awk -F '\t' '{ words += $2 } END { print "words=" words; print "distinct=" NR }' shell.tsv | tee "$REMORA_OUTPUT"
