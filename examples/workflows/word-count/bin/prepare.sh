# Puts the text of all sources and pages below $ROOT into a few files.
set -eu
mkdir -p input
find "$ROOT" \( -name '*.java' -o -name '*.md' \) -type f -not -path '*/target/*' -exec cat {} + > all.txt
split -l 20000 all.txt input/part-
rm all.txt
echo "lines=$(cat input/* | wc -l | tr -d ' ')" | tee "$REMORA_OUTPUT"
