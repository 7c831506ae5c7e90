#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""House rules that a machine can check, each a function that yields complaints."""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
files = [ROOT / p for p in subprocess.check_output(["git", "ls-files"], cwd=ROOT, text=True).split("\n") if p]
files = [p for p in files if p.is_file()]
sources = [p for p in files if p.suffix in (".c", ".h")]


def text(path):
    return path.read_text(encoding="utf-8", errors="replace")


def spdx_line():
    """Every file that can carry a comment names its licence in its first five lines."""
    for path in files:
        if path.suffix in (".png", ".json", ".seed", ".gz", ".xz", ".csv", ".asc", ".sha256", ".txt") and path.name != "packages.txt":
            continue
        if path.name in ("LICENSE", "LINGUAS", ".gitignore") or ROOT / "tests/fuzz/corpus" in path.parents:
            continue
        if "SPDX-License-Identifier: GPL-3.0-or-later" not in "\n".join(text(path).split("\n")[:5]):
            yield f"{path.relative_to(ROOT)}: no SPDX line"


def forbidden_words():
    """Nothing of the machine that it was written on."""
    pattern = re.compile(r"/work/|\.\./shared/(data|design)|deb\.debian\.org|registry\.npmjs")
    for path in files:
        if path.suffix == ".png" or path == pathlib.Path(__file__).resolve():
            continue
        for number, line in enumerate(text(path).split("\n"), 1):
            if pattern.search(line):
                yield f"{path.relative_to(ROOT)}:{number}: names a machine's path or host"


LAYERS = {  # folder: what its includes may not come from, beyond what the include paths already forbid
    "shared": ("gtk/", "adwaita", "libsoup/", "libsecret/"),
    "client/store": ("gtk/", "adwaita", "libsoup/", "libsecret/"),
    "client/sync": ("gtk/", "adwaita", "libsoup/", "libsecret/"),
    "client/net": ("gtk/", "adwaita"),
    "client/models": ("libsoup/", "libsecret/"),
    "client/pages": ("libsoup/", "libsecret/", "sqlite3.h"),
    "server/store": ("libsoup/", "gtk/"),
    "server/services": ("libsoup/", "gtk/"),
}


def layers():
    for path in sources:
        name = str(path.relative_to(ROOT))
        for include in re.findall(r'^#include [<"]([^>"]+)[>"]', text(path), re.M):
            for folder, banned in LAYERS.items():
                if name.startswith(folder + "/") and include.startswith(banned):
                    yield f"{name}: includes {include}"
            if include == "sqlite3.h" and not re.search(r"shared/(db/gx-db-sqlite|vault/)|^bench/|^tests/", name):
                yield f"{name}: calls SQLite outside its driver"
            if name.startswith("shared/") and re.match(r"gx[cs]-", include):
                yield f"{name}: shared code includes {include}"
            if name.startswith("client/") and include.startswith("gxs-") or name.startswith("server/") and include.startswith("gxc-"):
                yield f"{name}: client and server do not know each other ({include})"


def one_switch_a_kind():
    """Behaviour belongs to the kind's tables; nobody switches on a kind."""
    for path in sources:
        if re.search(r"case GX_KIND_", text(path)):
            yield f"{path.relative_to(ROOT)}: switches on a kind"


def translations():
    out = subprocess.run(["msgfmt", "--check", "--statistics", "-o", "/dev/null", "po/zh_CN.po"], cwd=ROOT, capture_output=True, text=True)
    if out.returncode or re.search(r"fuzzy|untranslated", out.stderr):
        yield f"po/zh_CN.po: {out.stderr.strip()}"
    listed = {line for line in text(ROOT / "po/POTFILES.in").split("\n") if line and not line.startswith("#")}
    for path in sources:
        name = str(path.relative_to(ROOT))
        if name.startswith(("shared/", "client/", "server/")) and re.search(r'\bN?_ ?\("', text(path)) and name not in listed:
            yield f"{name}: has translatable strings but is not in po/POTFILES.in"
    known = set(re.findall(r'^msgid "(.*)"$', re.sub(r'"\n"', "", text(ROOT / "po/zh_CN.po")), re.M))
    for path in sources:
        name = str(path.relative_to(ROOT))
        if not name.startswith(("shared/", "client/", "server/")):
            continue
        for string in re.findall(r'\bN?_ ?\("((?:[^"\\]|\\.)*)"\)', text(path)):
            if string and string not in known:
                yield f'{name}: "{string}" is not in po/zh_CN.po (./dev po)'


SIZES = {"9pt", "10.5pt", "16.5pt"}     # captions, text, figures


def one_stylesheet():
    """Colours are tokens or made of them, what is used twice has a name, and there are three sizes of text."""
    path = ROOT / "client/look/style.css"
    sheet = re.sub(r"/\*.*?\*/", "", text(path), flags=re.S)
    tokens = set(re.findall(r'\{ "(\w+)", +\{', text(ROOT / "client/look/gxc-token-table.h")))
    named = dict(re.findall(r"@define-color gx_(\w+) ([^;]+);", sheet))
    rules = re.sub(r"@define-color [^;]+;", "", sheet)
    made = re.findall(r"(?:alpha|mix|shade)\([^()]*\)", rules)
    for colour in sorted({c for c in made if made.count(c) > 1 or c in named.values()}):
        yield f"client/look/style.css: {colour} is used more than once and has no name"
    for colour in re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\([^)]*\)|\bwhite\b", sheet):
        yield f"client/look/style.css: {colour} is no token"
    for colour in sorted(set(re.findall(r"@gx_(\w+)", rules)) - tokens - set(named)):
        yield f"client/look/style.css: there is no @gx_{colour}"
    for colour in sorted(set(named) - set(re.findall(r"@gx_(\w+)", rules))):
        yield f"client/look/style.css: nothing uses @gx_{colour}"
    for size in re.findall(r"font-size: ([^;]+);", sheet):
        if size not in SIZES:
            yield f"client/look/style.css: {size} is none of the three sizes of text"
    for file in sources:
        name = str(file.relative_to(ROOT))
        if name.startswith("client/") and not name.startswith("client/look/") and re.search(r'"#[0-9a-fA-F]{3,8}"', text(file)):
            yield f"{name}: names a colour, which is the token table's"


bad = 0
for check in (spdx_line, forbidden_words, layers, one_switch_a_kind, one_stylesheet, translations):
    for complaint in check():
        print(complaint)
        bad += 1
print(f"lint: {len(files)} files, {bad} complaints")
sys.exit(1 if bad else 0)
