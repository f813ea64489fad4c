-- Rows of the audit over a year, by the posts of register.sql. Of twenty rows eight read one child,
-- seven list 25, two call the roll with two, two are refused, one signs in; each 2,000th is an
-- export of 5,000.

WITH lists AS MATERIALIZED (
    SELECT first, (SELECT array_agg(first + i) FROM generate_series(0, 24) i) AS children
    FROM generate_series(100001, 100000 + %(pupils)s) first
), events AS (
    SELECT n, n %% 20 AS kind, 20001 + n %% %(classes)s AS poster,
           100001 + (n * 7919::bigint) %% %(pupils)s AS first
    FROM generate_series(1, %(rows)s) n
), shown AS (
    SELECT n, kind, poster,
           CASE WHEN n %% 2000 = 0
                THEN (SELECT array_agg(events.first + i) FROM generate_series(0, 4999) i)
                WHEN kind < 8 THEN ARRAY[events.first]
                WHEN kind < 15 THEN lists.children
                WHEN kind < 17 THEN ARRAY[events.first, events.first + 1]
                ELSE '{}' END AS children
    FROM events JOIN lists USING (first)
)
INSERT INTO accounts_auditevent
    (at, person_id, post_id, address, request_id, verb, kind, object_id, children, outcome,
     reason_sealed, row_count, details)
SELECT %(until)s::timestamptz - (%(rows)s - n) * interval '365 days' / %(rows)s,
       poster, CASE WHEN kind = 19 THEN NULL ELSE poster END, '10.0.0.7',
       lpad(to_hex(n), 12, '0'),
       CASE WHEN n %% 2000 = 0 THEN 'export_roster'
            WHEN kind < 8 THEN 'read_pupil' WHEN kind < 15 THEN 'list_pupils'
            WHEN kind < 17 THEN 'call_roll' WHEN kind < 19 THEN 'refused'
            ELSE 'signed_in' END,
       'child', NULL, children, CASE WHEN kind IN (17, 18) THEN '403' ELSE 'done' END, '',
       cardinality(children), '{}'
FROM shown ORDER BY n;
