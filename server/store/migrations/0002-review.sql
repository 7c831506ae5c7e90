-- SPDX-License-Identifier: GPL-3.0-or-later
-- The empty audit tree: no entries, no subtrees, and the SHA-256 of nothing for a root (RFC 9162 2.1.1).
INSERT INTO audit_head(id, size, frontier, root)
  SELECT 1, 0, X'', X'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
  WHERE NOT EXISTS (SELECT 1 FROM audit_head);
