# Makes a jar of the program $1 in the directory named so, with the JDK and the jars in the directory $2.
set -eu
if [ ! -d "$2" ]; then
  echo "$2 is not there; it is fetched by: mvn -q -Pwordcount" >&2
  exit 1
fi
mkdir -p "classes/$1"
"$JAVA_HOME/bin/javac" -proc:none --release 17 -cp "$2/*" -d "classes/$1" "programs/$1.java"
"$JAVA_HOME/bin/jar" --create --file "$1.jar" -C "classes/$1" .
