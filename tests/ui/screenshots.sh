#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every page, light and dark, Chinese and English, at both sizes, of the real desktop on a demo bank with its server; a
# contact sheet of each language and theme; the pictures of the README. ./dev screenshots gives it a display and a bus.
# Usage: screenshots.sh BUILD [FOLDER]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=$(realpath "$1")
out=$(realpath -m "${2:-$build/screenshots}")
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
mkdir -m 700 "$home/run"
mkdir -p "$out"
export HOME=$home XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data XDG_CACHE_HOME=$home/cache XDG_RUNTIME_DIR=$home/run
export GUANXI_BUILD_DIR=$build TZ=Asia/Shanghai LC_ALL=C.UTF-8 GSK_RENDERER=cairo
export SECRET_BACKEND=file SECRET_FILE_TEST_PATH=$home/keyring SECRET_FILE_TEST_PASSWORD=screenshots

/usr/bin/python3 "$here/screenshots.py" "$out"

for language in zh en; do
  for theme in light dark; do
    montage -label '%t' "$out"/*-"$language-$theme-1280x800.png" -tile 3x -geometry 640x400+8+8 "$out/sheet-$language-$theme.png"
  done
done
mkdir -p "$here/../../docs/screenshots"
for page in customers customer; do
  cp "$out/$page-zh-light-1280x800.png" "$here/../../docs/screenshots/$page.png"
done
echo "$out"
