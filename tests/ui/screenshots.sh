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

status=0; /usr/bin/python3 "$here/screenshots.py" "$out" "$@" || status=$?

# small FILE WIDTH TARGET: for a document, in a palette
small() { [[ ! -f $1 ]] || convert "$1" -resize "$2x" -dither None -colors "${4:-250}" -strip "$3"; }

for look in zh-light zh-dark en-light en-dark zh-light-150 en-dark-contrast; do
  compgen -G "$out/*-$look-1280x800.png" >/dev/null || continue
  montage -label '%t' "$out"/*-"$look-1280x800.png" -tile 5x -geometry 320x200+5+5 -background '#808080' "$home/sheet.png"
  small "$home/sheet.png" 1650 "$docs/screenshots/sheet-$look.png" 48
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
