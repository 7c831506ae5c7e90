#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every page, light and dark, Chinese and English, at both sizes, of the real desktop on a demo bank with its server, and what can
# go wrong in two of these looks; the main pages also at 150 % text and in high contrast. Then, of
# what is there: a contact sheet of each language and theme, the README's pictures and the guide's, all in docs.
# ./dev screenshots gives it a display and a bus. Usage: screenshots.sh BUILD [screenshots.py's options]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
docs=$(realpath "$here/../../docs")
build=$(realpath "$1"); shift
out=$build/screenshots
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
mkdir -m 700 "$home/run"
mkdir -p "$out" "$docs/screenshots" "$docs/guide/pictures/en" "$docs/guide/pictures/zh_CN"
export HOME=$home XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data XDG_CACHE_HOME=$home/cache XDG_RUNTIME_DIR=$home/run
export GUANXI_BUILD_DIR=$build TZ=Asia/Shanghai LC_ALL=C.UTF-8 GSK_RENDERER=cairo
export SECRET_BACKEND=file SECRET_FILE_TEST_PATH=$home/keyring SECRET_FILE_TEST_PASSWORD=screenshots

# As on a desktop: what pops up has round corners, not a black box, which takes a compositor; a window over the window has one thin
# edge, where GTK without a window manager draws a wide frame to be taken hold of.
xcompmgr &
compositor=$!
trap 'kill "$compositor" 2>/dev/null || :; rm -rf "$home"' EXIT
mkdir -p "$XDG_CONFIG_HOME/gtk-4.0"
printf 'window.solid-csd:not(.gx-window):not(.main) { padding: 0; box-shadow: none; border: 1px solid alpha(currentColor, 0.3); }\n' >"$XDG_CONFIG_HOME/gtk-4.0/gtk.css"

# What a document shows, and a walk through everything has not taken, would stay there as of another day: that is an error.
whole=yes
[[ $# -eq 0 ]] || whole=
[[ -z $whole ]] || rm -f "$out"/*.png
status=0; /usr/bin/python3 "$here/screenshots.py" "$out" "$@" || status=$?

# small FILE WIDTH TARGET [FREQUENT OTHER]: for a document, in a palette of at most 250: the colours of the table and the most frequent
# ones as they are, since a mean of white and the page's grey would tint both, and the rest by nearness
tokens=$(grep -o '#[0-9a-f]\{6\}' "$here/../../client/look/gxc-token-table.h" | tr a-f A-F)
small() {
  local exact
  if [[ ! -f $1 ]]; then
    [[ -z $whole ]] || { echo "$3: there is no ${1##*/}" >&2; status=1; }
    return 0
  fi
  convert "$1" -resize "$2x" -strip "PNG24:$home/true.png"
  convert "$home/true.png" -format %c histogram:info:- | sort -rn | grep -o '#[0-9A-F]\{6\}' >"$home/colours"
  mapfile -t exact < <({ grep -F "$tokens" "$home/colours" | head -n 60; head -n "${4:-120}" "$home/colours"; } | sort -u)
  convert \( "${exact[@]/#/xc:}" +append \) \( "$home/true.png" -dither None -colors "${5:-70}" -unique-colors \) +append "$home/palette.png"
  convert "$home/true.png" -dither None -remap "$home/palette.png" -strip "$3"
}

for look in zh-light zh-dark en-light en-dark zh-light-150 en-dark-contrast; do
  compgen -G "$out/*-$look-1280x800.png" >/dev/null || continue
  montage -label '%t' "$out"/*-"$look-1280x800.png" -tile 5x -geometry 320x200+5+5 -background '#808080' "$home/sheet.png"
  small "$home/sheet.png" 1650 "$docs/screenshots/sheet-$look.png" 12 24
done
for page in today customers customer timeline; do
  small "$out/${page/#timeline/rich-timeline}-zh-light-1280x800.png" 1280 "$docs/screenshots/$page.png"
done
for chapter in sign-in today customers customer timeline=rich-timeline tasks visits=visits-checked-in reviews sync=sync-offline; do
  small "$out/${chapter#*=}-en-light-1280x800.png" 960 "$docs/guide/pictures/en/${chapter%=*}.png"
  small "$out/${chapter#*=}-zh-light-1280x800.png" 960 "$docs/guide/pictures/zh_CN/${chapter%=*}.png"
done
echo "$out"
exit "$status"
