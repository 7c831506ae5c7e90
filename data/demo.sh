#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A demo bank in .demo/, its server, and the desktop signed in as rm1. Called by `./dev demo` with the build folder.
#   --fresh           make the bank anew; otherwise the one of the last run is opened again
#   --customers N     of a new bank; 2000 by default
# Without a display it runs under Xvfb, saves .demo/screenshot.png, and ends by itself.
set -euo pipefail

BUILD=$1; shift
DEMO=$(cd "$(dirname "$0")/.." && pwd)/.demo
CUSTOMERS=2000
PASSWORD=guanxi-demo-2026
PATIENCE=120        # seconds until something that does not come is given up
FRESH=no
while [[ $# -gt 0 ]]; do
  case $1 in
    --fresh) FRESH=yes ;;
    --customers) CUSTOMERS=$2; shift ;;
    *) sed -n 's/^#   /  /p' "$0" >&2; exit 2 ;;
  esac
  shift
done

program() { find "$BUILD/$1" -type f -name "$2" -perm -u+x -print -quit; }
SERVER=$(program server guanxi-server) CLI=$(program client guanxi-cli) DESKTOP=$(program client guanxi)

say() { printf '\n== %s\n' "$*" >&2; }

# Translations of a build that is not installed.
export GUANXI_LOCALE_DIR=$BUILD/po

# The demo's secrets lie in a file of their own, by libsecret's file backend: no keyring of yours is touched.
export SECRET_BACKEND=file SECRET_FILE_TEST_PATH=$DEMO/keyring SECRET_FILE_TEST_PASSWORD=$PASSWORD

server_pid=
finish() {
  if [[ -n $server_pid ]]; then kill -TERM "$server_pid" 2>/dev/null && wait "$server_pid" || true; fi
}
trap finish EXIT

make_bank() {
  [[ $FRESH == no ]] || rm -rf "$DEMO"
  [[ ! -e $DEMO/bank ]] || { say "the demo bank of last time (--fresh makes a new one)"; return; }
  say "a demo bank of $CUSTOMERS customers in $DEMO"
  mkdir -p "$DEMO"
  "$SERVER" init --data "$DEMO/bank" --demo --customers "$CUSTOMERS" || { rm -rf "$DEMO/bank"; exit 1; }
  printf '%s\n' "$PASSWORD" > "$DEMO/password"
}

# The profile remembers its server's address, so the port of the first run is kept.
start_server() {
  local port begin end=$((SECONDS + PATIENCE))
  port=$(cat "$DEMO/port" 2>/dev/null || echo 0)
  touch "$DEMO/server.log"
  begin=$(stat -c %s "$DEMO/server.log")
  "$SERVER" serve --data "$DEMO/bank" --listen "127.0.0.1:$port" >> "$DEMO/server.log" 2>&1 &
  server_pid=$!
  while (( SECONDS < end )); do
    if ! kill -0 "$server_pid" 2>/dev/null; then server_pid=; tail -5 "$DEMO/server.log" >&2; exit 1; fi
    port=$(tail -c +$((begin + 1)) "$DEMO/server.log" | sed -nE 's/.*"port":([0-9]+).*/\1/p' | head -1)
    [[ -z $port ]] || break
    sleep 0.1
  done
  echo "$port" > "$DEMO/port"
  URL=https://127.0.0.1:$port
  say "the server answers at $URL (log: $DEMO/server.log)"
}

sign_in() {
  say "signing in as rm1, password $PASSWORD, and the first sync"
  local cli=("$CLI" --profile "$DEMO/profile")
  "${cli[@]}" sign-in "$URL" --ca "$DEMO/bank/keys/ca.pem" --user rm1 --password-file "$DEMO/password"
  "${cli[@]}" sync --password-file "$DEMO/password"
}

# Draws without a display, waits for the first sync, and photographs what is to be seen.
photograph() {
  say "no display: running under Xvfb, the picture will be $DEMO/screenshot.png"
  export DEMO DESKTOP PATIENCE PASSWORD
  xvfb-run -a -s '-screen 0 1280x800x24 -nolisten tcp' dbus-run-session -- bash -euc '
    export GDK_BACKEND=x11 GTK_A11Y=none GSETTINGS_BACKEND=memory
    "$DESKTOP" --profile "$DEMO/profile" & desktop=$!
    end=$((SECONDS + PATIENCE))
    until xdotool search --onlyvisible --pid "$desktop" >/dev/null 2>&1 || xdotool search --onlyvisible --name . >/dev/null 2>&1; do
      kill -0 "$desktop" || exit 1
      (( SECONDS < end )) || exit 1
      sleep 0.2
    done
    sleep 2
    xdotool search --onlyvisible --pid "$desktop" --name . windowfocus --sync
    xdotool type --delay 20 "$PASSWORD"
    xdotool key Return
    sleep 5
    import -window root "$DEMO/screenshot.png"
    kill -TERM "$desktop"
    wait "$desktop" || true
  '
  say "done: $DEMO/screenshot.png"
}

make_bank
start_server
sign_in
if [[ -z ${DISPLAY:-} && -z ${WAYLAND_DISPLAY:-} ]]; then
  photograph
else
  session=(); [[ -n ${DBUS_SESSION_BUS_ADDRESS:-} ]] || session=(dbus-run-session --)
  say "the desktop; the server ends with it"
  "${session[@]}" "$DESKTOP" --profile "$DEMO/profile"
fi
