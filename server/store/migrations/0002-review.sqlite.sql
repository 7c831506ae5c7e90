-- SPDX-License-Identifier: GPL-3.0-or-later
-- The tables of dual review guard themselves (trust.md 1.3): even plain SQL on a stranger's connection, with foreign_keys and
-- recursive_triggers off, can neither skip a state nor rewrite what was signed. The triggers therefore repeat the keys, and
-- refuse an INSERT over an existing row (also by its rowid), since REPLACE deletes without firing a DELETE trigger.

-- change_request ---------------------------------------------------------------------------------------------------------
CREATE TRIGGER review_request_born BEFORE INSERT ON change_request
WHEN NEW.state NOT IN ('DRAFT', 'PENDING') OR NEW.rev <> 1
BEGIN SELECT RAISE(ABORT, 'STATE: a request is born DRAFT or PENDING, in its first revision'); END;

CREATE TRIGGER review_request_over BEFORE INSERT ON change_request
WHEN EXISTS (SELECT 1 FROM change_request WHERE id = NEW.id OR rowid = NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'EXISTS: a request is never replaced'); END;

CREATE TRIGGER review_request_policy BEFORE INSERT ON change_request
WHEN NOT EXISTS (SELECT 1 FROM review_policy p WHERE p.kind = NEW.kind AND NEW.strict >= p.strict AND NEW.required_n >=
  (SELECT COUNT(*) FROM json_tree(p.steps_j) s WHERE s.key = 'unit' AND s.atom <> 'target'))
BEGIN SELECT RAISE(ABORT, 'FORBIDDEN: a request is at least as strict as its policy'); END;

CREATE TRIGGER review_request_fixed BEFORE UPDATE ON change_request
WHEN NEW.id IS NOT OLD.id OR NEW.rowid IS NOT OLD.rowid OR NEW.kind IS NOT OLD.kind OR NEW.op IS NOT OLD.op
  OR NEW.tbl IS NOT OLD.tbl OR NEW.entity_id IS NOT OLD.entity_id OR NEW.branch_id IS NOT OLD.branch_id
  OR NEW.maker_id IS NOT OLD.maker_id OR NEW.maker_role IS NOT OLD.maker_role OR NEW.required_n IS NOT OLD.required_n
  OR NEW.strict IS NOT OLD.strict
BEGIN SELECT RAISE(ABORT, 'STATE: what a request is about never changes'); END;

CREATE TRIGGER review_request_terminal BEFORE UPDATE ON change_request
WHEN OLD.state IN ('APPLIED', 'REJECTED', 'WITHDRAWN', 'EXPIRED')
  AND (NEW.state IS NOT OLD.state OR NEW.rev IS NOT OLD.rev OR NEW.lock_v IS NOT OLD.lock_v OR NEW.digest IS NOT OLD.digest
       OR NEW.effective_at IS NOT OLD.effective_at OR NEW.due_at IS NOT OLD.due_at
       OR NEW.escalated_at IS NOT OLD.escalated_at OR NEW.applied_seq IS NOT OLD.applied_seq OR NEW.del IS NOT OLD.del)
BEGIN SELECT RAISE(ABORT, 'STATE: a closed request never changes'); END;

CREATE TRIGGER review_request_state BEFORE UPDATE ON change_request
WHEN NEW.state IS NOT OLD.state AND OLD.state || '>' || NEW.state NOT IN (
  'DRAFT>PENDING', 'DRAFT>WITHDRAWN', 'PENDING>APPROVED', 'PENDING>RETURNED', 'PENDING>REJECTED', 'PENDING>WITHDRAWN',
  'PENDING>EXPIRED', 'PENDING>STALE', 'APPROVED>APPLIED', 'APPROVED>STALE', 'RETURNED>PENDING', 'RETURNED>WITHDRAWN',
  'STALE>PENDING', 'STALE>WITHDRAWN')
BEGIN SELECT RAISE(ABORT, 'STATE: there is no such step'); END;

CREATE TRIGGER review_request_revision BEFORE UPDATE ON change_request
WHEN (NEW.rev IS NOT OLD.rev OR NEW.digest IS NOT OLD.digest)
  AND NOT (NEW.state = 'PENDING' AND OLD.state IN ('DRAFT', 'RETURNED', 'STALE') AND NEW.rev = OLD.rev + 1)
BEGIN SELECT RAISE(ABORT, 'STATE: a new revision comes with a new submission'); END;

-- Coming back is coming back with something new to look at.
CREATE TRIGGER review_request_resubmit BEFORE UPDATE ON change_request
WHEN NEW.state = 'PENDING' AND OLD.state IN ('RETURNED', 'STALE') AND NEW.rev IS NOT OLD.rev + 1
BEGIN SELECT RAISE(ABORT, 'STATE: a request comes back as a new revision'); END;

CREATE TRIGGER review_request_shown BEFORE UPDATE ON change_request
WHEN NEW.state IN ('PENDING', 'APPROVED', 'APPLIED')
  AND NOT EXISTS (SELECT 1 FROM cr_rev x WHERE x.cr_id = NEW.id AND x.rev = NEW.rev AND x.digest = NEW.digest)
BEGIN SELECT RAISE(ABORT, 'CHANGED: nobody was shown this revision'); END;

CREATE TRIGGER review_request_four_eyes BEFORE UPDATE ON change_request
WHEN NEW.state IN ('APPROVED', 'APPLIED') AND (
  (SELECT COUNT(*) FROM cr_decision d WHERE d.cr_id = NEW.id AND d.rev = NEW.rev AND d.digest = NEW.digest
     AND d.verdict = 'approve' AND d.person_id <> NEW.maker_id
     AND EXISTS (SELECT 1 FROM cr_party p WHERE p.cr_id = d.cr_id AND p.person_id = d.person_id AND p.role = 'checker'))
    < NEW.required_n
  OR EXISTS (SELECT 1 FROM cr_decision d WHERE d.cr_id = NEW.id AND d.rev = NEW.rev AND d.verdict <> 'approve'))
BEGIN SELECT RAISE(ABORT, 'FOUR_EYES: not enough other people approved what is there'); END;

CREATE TRIGGER review_request_kept BEFORE DELETE ON change_request
BEGIN SELECT RAISE(ABORT, 'STATE: a request is never deleted'); END;

-- cr_party ---------------------------------------------------------------------------------------------------------------
CREATE TRIGGER review_party_over BEFORE INSERT ON cr_party
WHEN EXISTS (SELECT 1 FROM cr_party WHERE (cr_id = NEW.cr_id AND person_id = NEW.person_id) OR rowid = NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'FOUR_EYES: one person has one part in a request'); END;

CREATE TRIGGER review_party_maker BEFORE INSERT ON cr_party
WHEN (NEW.role = 'maker') IS NOT (SELECT r.maker_id = NEW.person_id FROM change_request r WHERE r.id = NEW.cr_id)
BEGIN SELECT RAISE(ABORT, 'FOUR_EYES: the maker, and nobody else, has the part of the maker'); END;

CREATE TRIGGER review_party_fixed BEFORE UPDATE ON cr_party
BEGIN SELECT RAISE(ABORT, 'FOUR_EYES: a part is never changed'); END;

CREATE TRIGGER review_party_kept BEFORE DELETE ON cr_party
BEGIN SELECT RAISE(ABORT, 'FOUR_EYES: a part is never taken back'); END;

-- cr_rev -----------------------------------------------------------------------------------------------------------------
CREATE TRIGGER review_rev_over BEFORE INSERT ON cr_rev
WHEN EXISTS (SELECT 1 FROM cr_rev WHERE (cr_id = NEW.cr_id AND rev = NEW.rev) OR rowid = NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'CHANGED: a revision is never replaced'); END;

CREATE TRIGGER review_rev_next BEFORE INSERT ON cr_rev
WHEN NOT EXISTS (SELECT 1 FROM change_request r WHERE r.id = NEW.cr_id
  AND ((NEW.rev = r.rev AND NEW.digest = r.digest AND r.state IN ('DRAFT', 'PENDING'))
       OR (NEW.rev = r.rev + 1 AND r.state IN ('DRAFT', 'RETURNED', 'STALE'))))
BEGIN SELECT RAISE(ABORT, 'CHANGED: a revision belongs to a request that waits for it'); END;

CREATE TRIGGER review_rev_fixed BEFORE UPDATE ON cr_rev
BEGIN SELECT RAISE(ABORT, 'CHANGED: a revision is never changed'); END;

CREATE TRIGGER review_rev_kept BEFORE DELETE ON cr_rev
BEGIN SELECT RAISE(ABORT, 'CHANGED: a revision is never deleted'); END;

-- cr_decision ------------------------------------------------------------------------------------------------------------
CREATE TRIGGER review_decision_over BEFORE INSERT ON cr_decision
WHEN EXISTS (SELECT 1 FROM cr_decision WHERE (cr_id = NEW.cr_id AND rev = NEW.rev AND person_id = NEW.person_id)
               OR rowid = NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'STATE: a person decides once'); END;

CREATE TRIGGER review_decision_checker BEFORE INSERT ON cr_decision
WHEN NOT EXISTS (SELECT 1 FROM cr_party p JOIN change_request r ON r.id = p.cr_id
                 WHERE p.cr_id = NEW.cr_id AND p.person_id = NEW.person_id AND p.role = 'checker' AND r.maker_id <> NEW.person_id)
  OR (NEW.on_behalf_of IS NOT NULL AND NOT EXISTS (SELECT 1 FROM cr_party p WHERE p.cr_id = NEW.cr_id
                 AND p.person_id = NEW.on_behalf_of AND p.role = 'checker'))
BEGIN SELECT RAISE(ABORT, 'FOUR_EYES: only a checker decides'); END;

CREATE TRIGGER review_decision_shown BEFORE INSERT ON cr_decision
WHEN NOT EXISTS (SELECT 1 FROM cr_rev x JOIN change_request r ON r.id = x.cr_id WHERE x.cr_id = NEW.cr_id AND x.rev = NEW.rev
                 AND x.digest = NEW.digest AND r.rev = NEW.rev AND r.state = 'PENDING')
BEGIN SELECT RAISE(ABORT, 'CHANGED: a decision is about what is there to be decided'); END;

CREATE TRIGGER review_decision_fixed BEFORE UPDATE ON cr_decision
BEGIN SELECT RAISE(ABORT, 'STATE: a decision is never changed'); END;

CREATE TRIGGER review_decision_kept BEFORE DELETE ON cr_decision
BEGIN SELECT RAISE(ABORT, 'STATE: a decision is never deleted'); END;

-- cr_evidence ------------------------------------------------------------------------------------------------------------
CREATE TRIGGER review_evidence_over BEFORE INSERT ON cr_evidence
WHEN EXISTS (SELECT 1 FROM cr_evidence WHERE (cr_id = NEW.cr_id AND rev = NEW.rev AND sha256 = NEW.sha256) OR rowid = NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'CHANGED: evidence is never replaced'); END;

CREATE TRIGGER review_evidence_party BEFORE INSERT ON cr_evidence
WHEN NOT EXISTS (SELECT 1 FROM cr_party p JOIN cr_rev x ON x.cr_id = p.cr_id AND x.rev = NEW.rev
                 WHERE p.cr_id = NEW.cr_id AND p.person_id = NEW.added_by AND p.role = NEW.added_role)
BEGIN SELECT RAISE(ABORT, 'FOUR_EYES: evidence comes from the makers'); END;

CREATE TRIGGER review_evidence_fixed BEFORE UPDATE ON cr_evidence
BEGIN SELECT RAISE(ABORT, 'CHANGED: evidence is never changed'); END;

CREATE TRIGGER review_evidence_kept BEFORE DELETE ON cr_evidence
BEGIN SELECT RAISE(ABORT, 'CHANGED: evidence is never deleted'); END;

-- cr_field_lock ----------------------------------------------------------------------------------------------------------
CREATE TRIGGER review_lock_over BEFORE INSERT ON cr_field_lock
WHEN EXISTS (SELECT 1 FROM cr_field_lock WHERE (tbl = NEW.tbl AND entity_id = NEW.entity_id AND field = NEW.field)
               OR rowid = NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'FIELD_LOCKED: another request for this field is open'); END;

CREATE TRIGGER review_lock_fixed BEFORE UPDATE ON cr_field_lock
BEGIN SELECT RAISE(ABORT, 'FIELD_LOCKED: a lock is never handed on'); END;

CREATE TRIGGER review_lock_kept BEFORE DELETE ON cr_field_lock
WHEN NOT EXISTS (SELECT 1 FROM change_request r WHERE r.id = OLD.cr_id
                 AND r.state IN ('APPLIED', 'REJECTED', 'WITHDRAWN', 'EXPIRED'))
BEGIN SELECT RAISE(ABORT, 'FIELD_LOCKED: the request is still open'); END;

-- review_policy: the request that changes one has yet to be built; until then only a migration does.
CREATE TRIGGER review_policy_over BEFORE INSERT ON review_policy
WHEN EXISTS (SELECT 1 FROM review_policy WHERE kind = NEW.kind OR rowid = NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'NEEDS_REVIEW: a policy is never replaced'); END;

CREATE TRIGGER review_policy_fixed BEFORE UPDATE ON review_policy
BEGIN SELECT RAISE(ABORT, 'NEEDS_REVIEW: a policy changes by review only'); END;

CREATE TRIGGER review_policy_kept BEFORE DELETE ON review_policy
BEGIN SELECT RAISE(ABORT, 'NEEDS_REVIEW: a policy is never dropped'); END;
