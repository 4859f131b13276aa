#!/bin/sh
# Looks at every contract below some folders: what is wrong with it, how it is laid out, and what the lints advise.
#
#   contracts.sh check|fmt|lint|all [--sarif FILE] [PATH]...
#
# With --sarif, problems and advice are also written for a code scanner. `JCM` names another command than `jcm`.
set -eu
jcm=${JCM:-jcm}
what=${1:?check, fmt, lint or all}
shift
sarif=
if [ "${1:-}" = --sarif ]; then
  sarif=${2:?a file}
  shift 2
fi
[ $# -gt 0 ] || set -- .

# A file with a contract in it leads to the modules that it uses; what lies in a dot folder is nobody's contract.
mains=$(find "$@" -name '.?*' ! -name .. -prune -o -type f -name '*.jcm' \
  -exec grep -lE '^contract[[:space:]]' {} + | sort || true)
if [ -z "$mains" ]; then
  echo "there is no contract below $*" >&2
  exit 1
fi
failed=0
tries() { "$@" || failed=1; }

old_ifs=$IFS
IFS='
'
# shellcheck disable=SC2086 # one file in each line
if [ "$what" = check ] || [ "$what" = all ]; then
  tries "$jcm" check $mains
  [ -z "$sarif" ] || "$jcm" check --format sarif $mains >"$sarif" || failed=1
fi
if [ "$what" = lint ] || [ "$what" = all ]; then
  tries "$jcm" lint $mains
  if [ -n "$sarif" ]; then
    "$jcm" lint --format sarif $mains >"${sarif%.sarif}-lint.sarif" || failed=1
  fi
fi
IFS=$old_ifs
if [ "$what" = fmt ] || [ "$what" = all ]; then
  tries "$jcm" fmt --check "$@"
fi
exit $failed
