"""Short scripts that run in the POSIX shell of a host.

They use these variables: `link` is the path of the site, `base` its last part, and `releases` the
folder beside it.
"""

from __future__ import annotations

from wardblog.publish import release_mark
from wardblog.publish.manifest import MOST_BYTES
from wardblog.publish.release_mark import MARK

# Functions for all scripts. A release is ours if it is a real folder with our mark file, and the
# mark names that folder; nothing else there is touched.
OURS = f"""\
is_ours() {{
  case ${{1##*/}} in *[!a-z0-9-]*) return 1 ;; esac
  [ -d "$1" ] && [ ! -L "$1" ] && [ -f "$1/{MARK}" ] && [ ! -L "$1/{MARK}" ] || return 1
  grep -q '^{{"wardblog": "release", "number": [1-9][0-9]*, "incoming": "[a-z0-9-]*", ' \\
    "$1/{MARK}" || return 1
  grep -q -F -e '"number": '"${{1##*/}}"', ' -e '"incoming": "'"${{1##*/}}"'", ' "$1/{MARK}"
}}
is_number() {{
  case $1 in '' | 0* | *[!0-9]* | ??????????*) return 1 ;; esac
}}
# The mark goes last, so that what is interrupted is still known as ours.
remove() {{
  is_ours "$1" || return 0
  find "$1" -mindepth 1 -maxdepth 1 ! -name '{MARK}' -exec rm -rf {{}} +
  rm -f "$1/{MARK}"
  rmdir "$1"
}}
if [ -L "$releases" ]; then echo "$releases is a link" >&2; exit 1; fi
"""
STATE = f"""\
if [ -L "$link" ]; then
  live=$(readlink "$link")
  echo "link $(printf '%s' "$live" | tr '\\n' '?')"
elif [ -d "$link" ]; then [ -z "$(ls -A "$link")" ] || echo foreign
elif [ -e "$link" ]; then echo foreign
fi
for one in "$releases"/*; do
  number=${{one##*/}}; number=${{number%.json}}
  if is_number "$number"; then echo "taken $number"; fi
done
for one in "$releases"/*/; do
  one=${{one%/}}; number=${{one##*/}}
  is_number "$number" || continue
  if is_ours "$one"; then
    echo "release $number"
    echo "mark $(head -c {release_mark.MOST_BYTES} "$one/{MARK}" | tr '\\n' ' ')"
  fi
  if [ -f "$releases/$number.json" ] && [ ! -L "$releases/$number.json" ]; then
    echo "whole $number"
  fi
  if [ ! -L "$one" ]; then echo "folder $number"; fi
done
if [ -L "$link" ]; then
  live=${{live##*/}}
  echo manifest
  if is_number "$live" && [ -f "$releases/$live.json" ] \\
    && [ ! -L "$releases/$live.json" ]; then
    head -c {MOST_BYTES + 1} "$releases/$live.json"
  fi
fi
exit 0
"""
# The lock is held until the input ends, and so at the latest until the connection does.
HOLD = """\
mkdir -p "$releases" || exit 1
mine="$releases/.wardblog.lock-$$"
trap 'rm -f "$mine"' EXIT
printf '%s' "$me" > "$mine" || exit 1
# A second name for a file is given whole, or not at all.
if ! ln "$mine" "$releases/.wardblog.lock"; then
  [ -e "$releases/.wardblog.lock" ] || exit 1
  echo "held $(cat "$releases/.wardblog.lock")"
  exit 0
fi
# The lock is never written to, only replaced: nobody reads half of it.
rm -f "$mine"
trap 'rm -f "$mine" "$releases/.wardblog.lock"; rmdir "$releases" 2>/dev/null' EXIT
trap 'exit 1' HUP INT TERM
echo alone
while read -r me; do
  printf '%s' "$me" > "$mine" && mv -f "$mine" "$releases/.wardblog.lock"
done
"""
BREAK = """\
rm -f "$releases/.wardblog.lock"
"""
BEGIN = f"""\
for left in "$releases"/incoming-*; do remove "$left"; done
for left in "$releases"/.switch-*; do [ ! -L "$left" ] || rm -f "$left"; done
mkdir "$incoming" && printf '%s' "$mark" > "$incoming/{MARK}" || exit 1
if [ -n "$live" ]; then
  rsync -a --exclude=/{MARK} --link-dest="../$live" "$releases/$live/" "$incoming/" || exit 1
fi
"""
TIDY = """\
find "$incoming" -depth -type d -empty -exec rmdir {} \\; 2>/dev/null
mkdir -p "$incoming"
"""
# GNU and busybox rename over a link with -T, the BSDs and macOS with -h.
SWITCH = """\
switch() {
  new="$releases/.switch-$$"
  rm -f "$new"
  ln -s "$base.releases/$1" "$new" || return 1
  if [ -d "$link" ] && [ ! -L "$link" ]; then rmdir "$link" || return 1; fi
  mv -T -f "$new" "$link" 2>/dev/null || mv -h -f "$new" "$link"
}
"""
# Web server settings that somebody else wrote are not changed.
PUT_SNIPPETS = """\
put() {
  if [ -L "$2" ] || { [ -e "$2" ] && ! grep -q -F "$written" "$2"; }; then rm -f "$1"; return; fi
  mv -f "$1" "$2"
}
"""
