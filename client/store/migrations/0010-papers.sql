-- SPDX-License-Identifier: GPL-3.0-or-later
-- Documents: those of a customer are rows like others; the bytes that are here lie sealed, each under a key of its own. Never
-- changed once it is on main.
ALTER TABLE attachment ADD COLUMN customer_id @ID@;

CREATE INDEX attachment_customer ON attachment(customer_id);
CREATE INDEX attachment_sha256 ON attachment(sha256);

-- WAITING: to be sent; REFUSED: the bank does not take it (problem says why); SENT: the bank has what was added here; HELD: fetched.
-- Of the last two the file is a cache. path is the file's name, NULL = there is none; key_wrapped NULL = it lies there as it is (the
-- first version wrote so) and is sealed when it is next met.
CREATE TABLE blob_sealed(
  sha256 @TEXT@ NOT NULL PRIMARY KEY, size @INT@ NOT NULL, type @TEXT@ NOT NULL, name @TEXT@,
  state @TEXT@ NOT NULL CHECK(state IN ('WAITING', 'REFUSED', 'SENT', 'HELD')), sent @INT@ NOT NULL DEFAULT 0, path @TEXT@,
  key_wrapped @BYTES@, with_place @BOOL@ NOT NULL DEFAULT 0, added_at @TIME@ NOT NULL DEFAULT 0, used_at @TIME@ NOT NULL DEFAULT 0,
  problem @TEXT@) @STRICT@;

INSERT INTO blob_sealed(sha256, size, type, name, state, sent, path)
  SELECT sha256, size, type, name, state, sent, CASE state WHEN 'WAITING' THEN path END FROM blob;

DROP TABLE blob;
ALTER TABLE blob_sealed RENAME TO blob;

CREATE INDEX blob_state ON blob(state, added_at);
