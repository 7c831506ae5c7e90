-- SPDX-License-Identifier: GPL-3.0-or-later
-- The name index: names split into single characters and all readings of them, asked as a phrase (gx_text_query()).
-- Its rowid is name_row.n. Its content is kept: a contentless index cannot delete in 3.40.
CREATE VIRTUAL TABLE name_fts USING fts5(name, keys, columnsize=0);

-- A telephone is found by its last four digits.
CREATE INDEX contact_point_tail ON contact_point(substr(value, -4)) WHERE value IS NOT NULL;
