#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The test of the tests (sync.md 4.3, T17): each mistake of shared/base/gx-bug.h is made, one at a time, and a test must fail.
Prints which, and how many schedules or cases it took. Only in a build with -Dseeded_bugs=true."""
import os
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "support"))
import gxt

BUILD = pathlib.Path(os.environ["GUANXI_BUILD_DIR"])
HEADER = pathlib.Path(__file__).parents[2] / "shared/base/gx-bug.h"
SCHEDULES = 400

# In the order of the numbers: its name in the header, what it does, and who must find it.
BUGS = (
    ("GAP", "a push with a gap is taken", "server/test-mutate"),
    ("TWICE", "a mutation that comes again is done again", "sync/test-simulation"),
    ("FORK", "another mutation under the same number passes for the first", "sync/test-simulation"),
    ("EPOCH", "nobody notices that the bank was restored from a backup", "sync/test-simulation"),
    ("HORIZON", "a cursor from before what is forgotten is taken", "sync/test-simulation"),
    ("LWW", "the last writer wins", "sync/test-simulation"),
    ("GONE", "the feed does not tell what left a scope", "sync/test-simulation"),
    ("CURSOR", "a page that is not the last says that all was sent", "sync/test-simulation"),
    ("LATE_HEAD", "a scope that was loaded is not pulled from where its load began", "sync/test-simulation"),
    ("SCOPES", "the client says which scopes it may see", "sync/test-simulation"),
    ("SIGHT", "nothing is masked", "sync/test-simulation"),
    ("BUNDLE", "a bundle is done one by one", "sync/test-simulation"),
    ("TRAILER", "the hash of an answer is not compared", "sync/test-simulation"),
    ("RESET", "a desk that begins anew throws its queue away", "sync/test-simulation"),
    ("ISSUE", "what was refused is forgotten", "sync/test-simulation"),
    ("OVERLAY", "what comes from the bank covers what was typed", "sync/test-simulation"),
    ("OFFER", "after a restore nothing is offered again", "sync/test-simulation"),
    ("DELETE", "what somebody changed meanwhile is deleted", "sync/test-simulation"),
    ("AUDIT", "a write has no audit entry", "server/test-audit"),
    ("FOUR_EYES", "a maker decides", "server/test-review"),
    ("SYNC", "an answer does not wait for the disk", "server/test-power-cut"),
    ("MISSED", "of two statuses of a visit the first one stays", "server/test-visit"),
    ("LIFT", "an own change is let go of before the pull that brings it has ended", "sync/test-simulation"),
    ("LEAVE", "a scope that is lost keeps its rows", "sync/test-simulation"),
    ("PLACE", "a page of the vault may stand anywhere", "shared/test-vault"),
    ("APART", "a cursor is kept apart from its page's rows", "sync/test-simulation"),
    ("EARLY", "an answer goes out before the commit", "server/test-store"),
    ("DIGEST", "what was decided need not be what was shown", "server/test-review"),
    ("STEP_UP", "a password that was entered once is good for ever", "server/test-review"),
    ("SEEN", "an edit says it saw what stands there now", "sync/test-simulation"),
    ("CHILDREN", "what hangs on a customer stays when the customer goes", "sync/test-simulation"),
    ("REVOKED", "rights are those of the sign-in", "server/test-scope"),
    ("PAPER", "a document is taken under another's hash", "server/test-blobs"),
    ("OVER", "what is offered once more stands over what was typed last", "sync/test-simulation"),
    ("LOST_SCOPE", "after a scope that was lost while it loaded nothing is pulled", "sync/test-simulation"),
    ("UNDER", "what came under an own change that was then refused passes for seen", "sync/test-simulation"),
    ("BLOCK", "a change that is refused holds up all behind it", "sync/test-simulation"),
    ("STREAM", "a stream goes on when its session has ended", "server/test-stream/server/stream/ends_with_its_session"),
    ("UPCAST", "what an older program wrote is read as if it were of today", "sync/test-upcast-desk"),
    ("GROUPS", "a form sends all its fields as one change", "sync/test-groups"),
    ("REVIVE", "a change of a row that is gone brings it back", "sync/test-simulation"),
    ("COPY", "a profile that was copied begins without its queue", "sync/test-simulation"),
    ("OFFSET", "a chunk goes behind the last one, wherever it belongs", "server/test-blobs"),
    ("NAMED", "who knows a document's hash reads it", "server/test-blobs"),
    ("FETCHED", "a document that was fetched is not held against its hash", "sync/test-transfer"),
    ("AHEAD", "a request goes before the document that proves it", "sync/test-transfer"),
    ("CLOCK", "a desk without its bank goes by its own clock alone", "client/test-lease"),
    ("UNSENT", "what the bank does not have yet makes room for other documents", "sync/test-ahead"),
)


def run(number, test):
    """How the test ended, and how far it came: schedules of the simulation, cases of another; of one case that waits for what
    does not come, that it waited."""
    folder, name, *case = test.split("/", 2)
    simulates = name == "test-simulation"
    only = ["-p", "/" + case[0]] if case else ["-p", "/sync/simulation/every_schedule_ends_with_equal_rows"] if simulates else []
    try:
        done = subprocess.run([str(BUILD / "tests" / folder / name), *only], capture_output=True, text=True, errors="replace", timeout=10 if case else 900,
                              cwd=BUILD, env=dict(os.environ, GUANXI_BUG=str(number), GUANXI_SCHEDULES=str(SCHEDULES), GUANXI_FAILURES="1", GUANXI_CUTS="60"))
    except subprocess.TimeoutExpired:
        return -1, f"{case[0].split('/')[-1]}, waiting" if case else "its end, which does not come"
    seeds, cases = re.findall(r"# seed (\d+) failed", done.stdout), len(re.findall(r"^ok ", done.stdout, re.M))
    if simulates and not seeds:
        return done.returncode, "the morning before schedule 1"
    return done.returncode, f"schedule {seeds[-1]}" if seeds else f"case {cases + 1}"


def script(tap, work, stack):
    names = re.findall(r"GX_BUG_([A-Z_]+)(?: = 1)?,", HEADER.read_text())
    tap.equal(names, [name for name, _, _ in BUGS], f"the list has all {len(names)} mistakes")
    for number, (name, what, test) in enumerate(BUGS, 1):
        code, where = run(number, test)
        tap.check(code not in (0, 77), f"{number}. {what}: {test.split('/')[1]} fails at {where}", f"it ended with {code}")


gxt.run(script)
