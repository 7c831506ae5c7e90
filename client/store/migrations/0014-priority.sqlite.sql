-- SPDX-License-Identifier: GPL-3.0-or-later
-- 19 is the task's permanent number.
UPDATE covered SET put=json_set(put, '$.d.priority',
  CASE json_extract(put, '$.d.priority') WHEN 1 THEN 'URGENT' WHEN 2 THEN 'IMPORTANT' WHEN 3 THEN 'ROUTINE' WHEN 4 THEN 'CAN_WAIT' END)
  WHERE json_type(put, '$.d.priority')='integer' AND tbl=19;

UPDATE cover SET original=json_set(original, '$.priority',
  CASE json_extract(original, '$.priority') WHEN 1 THEN 'URGENT' WHEN 2 THEN 'IMPORTANT' WHEN 3 THEN 'ROUTINE' WHEN 4 THEN 'CAN_WAIT' END)
  WHERE json_type(original, '$.priority')='integer' AND tbl=19;

UPDATE acked SET original=json_set(original, '$.priority',
  CASE json_extract(original, '$.priority') WHEN 1 THEN 'URGENT' WHEN 2 THEN 'IMPORTANT' WHEN 3 THEN 'ROUTINE' WHEN 4 THEN 'CAN_WAIT' END)
  WHERE json_type(original, '$.priority')='integer' AND tbl='task';

UPDATE issue SET body=json_set(body, '$.original.priority',
  CASE json_extract(body, '$.original.priority') WHEN 1 THEN 'URGENT' WHEN 2 THEN 'IMPORTANT' WHEN 3 THEN 'ROUTINE' WHEN 4 THEN 'CAN_WAIT' END)
  WHERE json_type(body, '$.original.priority')='integer' AND json_extract(body, '$.mutation.tbl')='task';

UPDATE issue SET body=json_set(body, '$.mutation.set.priority',
  CASE json_extract(body, '$.mutation.set.priority') WHEN 1 THEN 'URGENT' WHEN 2 THEN 'IMPORTANT' WHEN 3 THEN 'ROUTINE' WHEN 4 THEN 'CAN_WAIT' END)
  WHERE json_type(body, '$.mutation.set.priority')='integer' AND json_extract(body, '$.mutation.tbl')='task';

UPDATE issue SET body=json_set(body, '$.mutation.set.priority.v',
  CASE json_extract(body, '$.mutation.set.priority.v') WHEN 1 THEN 'URGENT' WHEN 2 THEN 'IMPORTANT' WHEN 3 THEN 'ROUTINE' WHEN 4 THEN 'CAN_WAIT' END)
  WHERE json_type(body, '$.mutation.set.priority.v')='integer' AND json_extract(body, '$.mutation.tbl')='task';

UPDATE issue SET body=json_set(body, '$.mutation.set.priority.b.v',
  CASE json_extract(body, '$.mutation.set.priority.b.v') WHEN 1 THEN 'URGENT' WHEN 2 THEN 'IMPORTANT' WHEN 3 THEN 'ROUTINE' WHEN 4 THEN 'CAN_WAIT' END)
  WHERE json_type(body, '$.mutation.set.priority.b.v')='integer' AND json_extract(body, '$.mutation.tbl')='task';

UPDATE issue SET body=json_set(body, '$.result.at', (
    SELECT json_group_array(json(CASE WHEN json_extract(value, '$.f')='priority' AND json_type(value, '$.server')='integer'
      THEN json_set(value, '$.server',
        CASE json_extract(value, '$.server') WHEN 1 THEN 'URGENT' WHEN 2 THEN 'IMPORTANT' WHEN 3 THEN 'ROUTINE' WHEN 4 THEN 'CAN_WAIT' END)
      ELSE value END))
    FROM json_each(body, '$.result.at')))
  WHERE json_extract(body, '$.mutation.tbl')='task' AND json_type(body, '$.result.at')='array';
