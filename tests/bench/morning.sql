-- Two months of roll calls of the classes of register.sql, up to yesterday.

INSERT INTO attendance_rollcall
    (school_class_id, day, session, version, expected, absent, first_called_at, first_version,
     is_taken_back)
SELECT 20000 + n, day, 'd', 1, %(pupils)s, 0, day + time '07:50', 1, false
FROM generate_series(%(first)s::date, %(yesterday)s::date, '1 day') day,
     generate_series(1, %(to)s) n
WHERE extract(isodow FROM day) < 6
  AND NOT EXISTS (SELECT FROM calendars_calendarday off WHERE off.day = day.day AND NOT off.is_working)
ORDER BY day, n;

INSERT INTO attendance_submission
    (roll_call_id, version, client_uuid, post_id, person_id, reason, recorded_at, takes_back)
SELECT id, 1, gen_random_uuid(), school_class_id, school_class_id, '', first_called_at,
       false
FROM attendance_rollcall ORDER BY id;

INSERT INTO accounts_auditevent
    (at, person_id, post_id, address, request_id, verb, kind, object_id, children, outcome, reason,
     details)
SELECT first_called_at, school_class_id, school_class_id, '127.0.0.1', '', 'call_roll',
       'roll_call', id, '{}', 'done', '', jsonb_build_object('class', school_class_id, 'day', day)
FROM attendance_rollcall ORDER BY id;

-- Every day one child in a hundred was ill, another each time; seats 1 to 3 are kept for today's story.
INSERT INTO attendance_absence
    (roll_call_id, child_id, day, halves, kind, leave_until, guardian_told, note, since_version)
SELECT call.id, member.child_id, call.day, 2, 'sick', call.day, true, '', 1
FROM attendance_rollcall call
JOIN roster_enrolment member ON member.school_class_id = call.school_class_id
WHERE member.seat_no::int > 3 AND (member.child_id * 7 + (call.day - %(first)s) * 13) %% 100 = 0;

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

UPDATE attendance_rollcall call SET absent = missing.number
FROM (SELECT roll_call_id, count(*) AS number FROM attendance_absence GROUP BY 1) missing
WHERE missing.roll_call_id = call.id;

INSERT INTO attendance_absencespell
    (child_id, school_class_id, started_on, last_missed_on, halves, last_present_on, is_void,
     updated_at)
SELECT absence.child_id, call.school_class_id, min(absence.day), max(absence.day), sum(halves),
       min(absence.day) - 1, false, now()
FROM attendance_absence absence
JOIN attendance_rollcall call ON call.id = absence.roll_call_id
WHERE absence.kind = 'unexcused'
GROUP BY absence.child_id, call.school_class_id;
