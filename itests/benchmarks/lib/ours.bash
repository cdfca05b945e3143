# The command line of our archive. Sourced after settings.bash.

# Further jars, such as a codec's, go behind the first; --ours replaces all of it.
ours_classpath=$benchmarks_jar
ours_command=
java_options="-XX:+UseSerialGC -Xmx64m"

# The command as text, so that it can stand in a pipeline that another shell runs.
define_ours() {
  if [[ -z $ours_command ]]; then
    if ! unzip -l "${ours_classpath%%:*}" "${archive_class//.//}.class" >/dev/null 2>&1; then
      return 1
    fi
    ours_command="java $java_options -cp $ours_classpath $archive_class"
  fi
  export ours=$ours_command
}
