#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every page in light and dark, Chinese and English, at both sizes, with invented rows. Run by ./dev screenshots, which
# gives it a display. Usage: screenshots.sh BUILD [FOLDER]
set -euo pipefail
build=$1
out=${2:-$build/screenshots}
mkdir -p "$out"
export GUANXI_LOCALE_DIR=$build/po TZ=Asia/Shanghai LC_ALL=C.UTF-8 GDK_BACKEND=x11 GSK_RENDERER=cairo ADW_DISABLE_PORTAL=1
XDG_CONFIG_HOME=$(mktemp -d)
export XDG_CONFIG_HOME
trap 'rm -rf "$XDG_CONFIG_HOME"' EXIT

pages=(customers:RM customer:RM customer:timeline:RM customer:holdings:RM customer:record:RM form:RM request:RM
       reviews:SUPERVISOR sync:RM first-sync:RM sign-in:RM status:AUDITOR)
for entry in "${pages[@]}"; do
  role=${entry##*:} page=${entry%:*}
  for language in zh_CN en; do
    for size in 1280x800 1024x700; do
      for theme in light dark; do
        file=$out/${page//:/-}-${language%_*}-$theme-$size.png
        flags=(); [[ $theme == light ]] || flags=(--dark)
        "$build/tests/ui/gallery-window" --page "$page" --role "$role" --language "$language" --size "$size" "${flags[@]}" "$file" 2>/dev/null
        echo "$file"
      done
    done
  done
done
