-- SPDX-License-Identifier: GPL-3.0-or-later
-- Documents that arrive in pieces, and whose they are. Never changed once it is on main.

-- What was announced and has not arrived whole; its bytes so far are a file. One a person and document: whoever asks again
-- goes on where it stands.
CREATE TABLE upload(
  id @ID@ NOT NULL PRIMARY KEY, sha256 @TEXT@ NOT NULL, size @INT@ NOT NULL, type @TEXT@ NOT NULL, key_wrapped @BYTES@ NOT NULL,
  with_place @BOOL@ NOT NULL DEFAULT 0, login_id @ID@ NOT NULL REFERENCES login(id), began_at @TIME@ NOT NULL,
  UNIQUE(login_id, sha256)) @STRICT@;

CREATE INDEX upload_began ON upload(began_at);

-- How the file is sealed: 1 in one piece, 2 as a stream of chunks.
ALTER TABLE blob ADD COLUMN form @INT@ NOT NULL DEFAULT 1;

ALTER TABLE attachment ADD COLUMN customer_id @ID@ REFERENCES customer(id) DEFERRABLE INITIALLY DEFERRED;

CREATE INDEX attachment_customer ON attachment(customer_id) WHERE customer_id IS NOT NULL;
