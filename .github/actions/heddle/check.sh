#!/usr/bin/env bash
# The last step of the action: runs the check once, writes every form of what came out, tells GitHub where they are. Exits as the check did.
set -euo pipefail

report=$HEDDLE_REPORT
mkdir -p "$report"
read -r -a files <<<"$HEDDLE_FILES"
read -r -a args <<<"${HEDDLE_ARGS:-}"

code=0
node "$HEDDLE_HOME/dist/cli/main.js" check "${files[@]}" ${args[@]+"${args[@]}"} --format github \
  --also "sarif=$report/heddle.sarif" --also "junit=$report/heddle.xml" --also "markdown=$report/summary.md" --also "html=$report/report.html" || code=$?

# A call that is wrong leaves no files.
[ ! -f "$report/summary.md" ] || cat "$report/summary.md" >>"$GITHUB_STEP_SUMMARY"
echo "exit-code=$code" >>"$GITHUB_OUTPUT"
[ ! -f "$report/heddle.sarif" ] || echo "sarif=$report/heddle.sarif" >>"$GITHUB_OUTPUT"

if [ "$code" = 3 ] && [ "${HEDDLE_UNDECIDED:-fail}" = warn ]; then
  echo '::warning title=undecided::A limit ended a search first. This job was told to go on; nothing was shown.'
  exit 0
fi
exit "$code"
