-- SPDX-License-Identifier: GPL-3.0-or-later
-- What exact sync keeps: which mutations belonged together and when their person made them; under which further number a
-- mutation came again; how far the feed had come on which day; in which epoch a client was last heard.
-- Never changed once it is on main.

-- made_at and off are the device's clock and zone (minutes) when the person did it, clk how far (ms) that clock was behind the
-- server's as far as the device knew.
ALTER TABLE mut_result ADD COLUMN bundle @ID@;
ALTER TABLE mut_result ADD COLUMN made_at @TIME@;
ALTER TABLE mut_result ADD COLUMN off @INT@;
ALTER TABLE mut_result ADD COLUMN clk @INT@;

CREATE INDEX mut_result_at ON mut_result(at);

-- A mutation that is known by its id and came once more under another number: of a renumbered queue.
CREATE TABLE mut_again(
  client_id @ID@ NOT NULL REFERENCES client(id), mid @INT@ NOT NULL, mut_id @ID@ NOT NULL, at @TIME@ NOT NULL,
  PRIMARY KEY(client_id, mid)) @COMPACT@;

CREATE INDEX mut_again_id ON mut_again(mut_id);

ALTER TABLE client ADD COLUMN epoch @TEXT@;

CREATE TABLE sync_mark(at @TIME@ NOT NULL PRIMARY KEY, seq @INT@ NOT NULL) @STRICT@;

-- What left a scope ages out by its seq.
CREATE INDEX scope_row_gone ON scope_row(seq) WHERE gone = 1;
