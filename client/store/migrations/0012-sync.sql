-- SPDX-License-Identifier: GPL-3.0-or-later
-- What exact sync keeps at the desk: of an acknowledged mutation all that is needed to offer it once more to a server that was
-- restored from a backup; of a refused one, what it belonged together with. Never changed once it is on main.
ALTER TABLE acked ADD COLUMN op @TEXT@;
ALTER TABLE acked ADD COLUMN bundle @ID@;
ALTER TABLE acked ADD COLUMN schema @INT@;
ALTER TABLE acked ADD COLUMN created_at @TIME@;
ALTER TABLE acked ADD COLUMN original @JSON@;

ALTER TABLE issue ADD COLUMN bundle @ID@;
CREATE INDEX issue_bundle ON issue(bundle) WHERE bundle IS NOT NULL;

UPDATE acked SET op=json_extract(body, '$.op'), schema=1, created_at=json_extract(body, '$.at');
