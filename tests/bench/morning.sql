-- Schools 10001…, classes, teachers and their posts 20001…, children 100001…; rows of the past
-- take their numbers from the database.

INSERT INTO accounts_unit
    (id, kind, name, short_name, region_id, parent_id, county_id, phone, is_open)
SELECT 10000 + n, 'school', 'S' || n, '', region_id, id, county_id, '', true
FROM generate_series(1, %(schools)s) n,
     (SELECT * FROM accounts_unit WHERE kind = 'central_school' ORDER BY id LIMIT 1) central;

INSERT INTO roster_school (unit_id, code, township_id, is_boarding, marks_half_days)
SELECT 10000 + n, (7000000000 + n)::text, township, false, false
FROM generate_series(1, %(schools)s) n,
     (SELECT min(id) AS township FROM accounts_unit WHERE kind = 'township') t;

INSERT INTO roster_schoolclass (id, school_id, stage, entry_year, number)
SELECT 20000 + n, 10001 + n %% %(schools)s, '2', 2024, 1 + n / %(schools)s
FROM generate_series(1, %(classes)s) n;

INSERT INTO accounts_person
    (id, password, username, name, is_active, must_change_password, created_at, last_login)
SELECT 20000 + n, '!', 'teacher' || n, '教师' || n, true, false, now(), now()
FROM generate_series(1, %(classes)s) n;

INSERT INTO accounts_post
    (id, person_id, role, unit_id, starts_on, granted_at, reason, end_reason)
SELECT 20000 + n, 20000 + n, 'class_teacher', 10001 + n %% %(schools)s,
       '2024-09-01', now(), '', ''
FROM generate_series(1, %(classes)s) n;

INSERT INTO roster_classpost (post_id, school_class_id, starts_on, is_substitute, reason)
SELECT 20000 + n, 20000 + n, '2024-09-01', false, ''
FROM generate_series(1, %(classes)s) n;

INSERT INTO roster_child
    (id, uuid, county_id, registry_no, name, name_key, initials, sex, born_on, ethnicity, id_type,
     id_no_sealed, id_no_digest, home_region, home_village_id, home_township_id, address_sealed,
     address_digest, boards, created_at)
SELECT 100000 + n, gen_random_uuid(), village.county_id, '', '学生' || n, 'xue sheng ' || n,
       'xs', '1', '2012-05-06', '01', '1', '', '', '530999101201', village.id, village.parent_id,
       '', '', false, now()
FROM generate_series(1, %(classes)s * %(pupils)s) n,
     (SELECT * FROM accounts_unit WHERE kind = 'village' ORDER BY id LIMIT 1) village;

INSERT INTO roster_enrolment
    (child_id, school_id, school_class_id, starts_on, seat_no, recorded_at)
SELECT 100000 + n, school_class.school_id, school_class.id, '2024-09-01',
       1 + (n - 1) %% %(pupils)s, now()
FROM generate_series(1, %(classes)s * %(pupils)s) n
JOIN roster_schoolclass school_class ON school_class.id = 20001 + (n - 1) / %(pupils)s;

INSERT INTO attendance_rollcall
    (school_class_id, day, session, version, expected, absent, first_called_at)
SELECT 20000 + n, day, 'd', 1, %(pupils)s, 0, day + time '07:50'
FROM generate_series(%(first)s::date, %(yesterday)s::date, '1 day') day,
     generate_series(1, %(classes)s) n
WHERE extract(isodow FROM day) < 6
ORDER BY day, n;

INSERT INTO attendance_submission
    (roll_call_id, version, client_uuid, post_id, person_id, reason, recorded_at)
SELECT id, 1, gen_random_uuid(), school_class_id, school_class_id, '', first_called_at
FROM attendance_rollcall ORDER BY id;

INSERT INTO accounts_auditevent
    (at, person_id, post_id, address, request_id, verb, kind, object_id, children, outcome, reason,
     details)
SELECT first_called_at, school_class_id, school_class_id, '127.0.0.1', '', 'call_roll',
       'roll_call', id, '{}', 'done', '', jsonb_build_object('class', school_class_id, 'day', day)
FROM attendance_rollcall ORDER BY id;

-- One child in a hundred was ill for a day; seats 1 to 3 are kept for today's story.
INSERT INTO attendance_absence
    (roll_call_id, child_id, day, halves, kind, leave_until, guardian_told, note, since_version)
SELECT call.id, member.child_id, call.day, 2, 'sick', call.day, true, '', 1
FROM attendance_rollcall call
JOIN roster_enrolment member ON member.school_class_id = call.school_class_id
WHERE member.seat_no::int > 3 AND (member.child_id * 7 + call.id * 13) %% 100 = 0;

-- Since when the child of seat 1 is missing: one class of twenty since yesterday, one since the
-- day before.
INSERT INTO attendance_absence
    (roll_call_id, child_id, day, halves, kind, guardian_told, note, since_version)
SELECT call.id, member.child_id, call.day, 2, 'unexcused', true, '', 1
FROM attendance_rollcall call
JOIN roster_enrolment member ON member.school_class_id = call.school_class_id
WHERE member.seat_no = '1'
  AND (call.school_class_id %% 20 = 0 AND call.day = %(yesterday)s
       OR call.school_class_id %% 20 = 1 AND call.day >= %(before)s);

INSERT INTO attendance_absencespell
    (child_id, school_class_id, started_on, last_missed_on, halves, last_present_on, is_void,
     updated_at)
SELECT absence.child_id, call.school_class_id, min(absence.day), max(absence.day), sum(halves),
       min(absence.day) - 1, false, now()
FROM attendance_absence absence
JOIN attendance_rollcall call ON call.id = absence.roll_call_id
WHERE absence.kind = 'unexcused'
GROUP BY absence.child_id, call.school_class_id;
