-- Open cases of the first pupils of register.sql: each with two duties, of which one is overdue for
-- most, an event, and a guardian. Numbers of cases follow those of the children.

INSERT INTO roster_guardian
    (uuid, child_id, position, name, relation, is_guardian, phone_sealed, phone_digest)
SELECT gen_random_uuid(), 100000 + n, 1, '家长' || n, '父亲', true, '', ''
FROM generate_series(1, %(cases)s) n;

INSERT INTO cases_case
    (id, number, child_id, school_class_id, school_id, village_id, township_id, school_township_id,
     county_id, source, finding, stage, entered_on, opened_on, first_missed_on, last_present_on,
     cause, whereabouts, back_to, outcome, sampled, version, created_at)
SELECT 100000 + n, '530999-2025-' || n, child.id, enrolment.school_class_id, enrolment.school_id,
       child.home_village_id, child.home_township_id, school.township_id, child.county_id,
       'roll', '', 'D2', day, day, day - 3, day - 4, '', '', '', '', false, 1, now()
FROM generate_series(1, %(cases)s) n
JOIN roster_child child ON child.id = 100000 + n
JOIN roster_enrolment enrolment ON enrolment.child_id = child.id
JOIN roster_school school ON school.unit_id = enrolment.school_id,
     LATERAL (SELECT %(today)s::date - 1 - n %% 60 AS day) d;

INSERT INTO cases_caseevent
    (uuid, case_id, act, from_stage, to_stage, occurred_on, recorded_on, recorded_at, text_sealed,
     told_sealed, data)
SELECT gen_random_uuid(), c.id, 'open', '', 'D1', c.opened_on, c.opened_on, now(), '', '', '{}'
FROM cases_case c WHERE c.id > 100000;

INSERT INTO cases_deadline
    (case_id, code, cycle, level, unit_id, day0, window_end, due_on, remind_on, missed_on, days,
     day_type, rule, parameter, calendar_version)
SELECT c.id, duty, 1, 'school', c.school_id, c.opened_on, due, due, due, due + 1, 1,
       'working_day', '', '', 0
FROM cases_case c,
     LATERAL (VALUES ('register', c.opened_on), ('visit', c.opened_on + 7)) d (duty, due)
WHERE c.id > 100000;
