# Adds up the second column by the first, without the line of titles.
NR > 1 { sum[$1] += $2 }
END { for (name in sum) print name "\t" sum[name] }
