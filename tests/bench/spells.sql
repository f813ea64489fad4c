-- A school year's spells of the classes of register.sql: of every ten children one was missing for a
-- day and is back, of every two hundred one is still missing, since one to eight days.

INSERT INTO attendance_absencespell
    (child_id, school_class_id, started_on, last_missed_on, ended_on, halves, is_void, updated_at)
SELECT child_id, school_class_id, day, day, day + 1, 2, false, now()
FROM roster_enrolment, LATERAL (SELECT date '2024-09-02' + (child_id %% 350)::int AS day) d
WHERE child_id %% 10 = 0 AND school_class_id BETWEEN 20000 + %(from)s AND 20000 + %(to)s;

INSERT INTO attendance_absencespell
    (child_id, school_class_id, started_on, last_missed_on, halves, is_void, updated_at)
SELECT child_id, school_class_id, %(today)s::date - n, %(today)s, 2 * n, false, now()
FROM roster_enrolment, LATERAL (SELECT 1 + (child_id / 200 %% 8)::int AS n) d
WHERE child_id %% 200 = 7 AND school_class_id BETWEEN 20000 + %(from)s AND 20000 + %(to)s;
