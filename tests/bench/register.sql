-- Classes from one number to another with their schools, teachers and pupils, enrolled since 2024.
-- Schools are numbered from 10001 on, classes, teachers and their posts from 20001, children from
-- 100001; two schools have 17 classes.

INSERT INTO accounts_unit
    (id, kind, name, short_name, region_id, parent_id, county_id, phone, is_open)
SELECT 10000 + n, 'school', 'S' || n, '', region_id, id, county_id, '', true
FROM generate_series((%(from)s - 1) * 2 / 17 + 1, (%(to)s - 1) * 2 / 17 + 1) n,
     (SELECT * FROM accounts_unit WHERE kind = 'central_school' ORDER BY id LIMIT 1) central;

INSERT INTO roster_school (unit_id, code, township_id, is_boarding, marks_half_days)
SELECT 10000 + n, (7000000000 + n)::text, township, false, false
FROM generate_series((%(from)s - 1) * 2 / 17 + 1, (%(to)s - 1) * 2 / 17 + 1) n,
     (SELECT min(id) AS township FROM accounts_unit WHERE kind = 'township') t;

INSERT INTO roster_schoolclass (id, school_id, stage, entry_year, number)
SELECT 20000 + n, 10001 + (n - 1) * 2 / 17, '2', 2024, 1 + (n - 1) %% 17
FROM generate_series(%(from)s, %(to)s) n;

INSERT INTO accounts_person
    (id, password, username, name, is_active, must_change_password, created_at, last_login)
SELECT 20000 + n, '!', 'teacher' || n, '教师' || n, true, false, now(), now()
FROM generate_series(%(from)s, %(to)s) n;

INSERT INTO accounts_post
    (id, person_id, role, unit_id, starts_on, granted_at, reason, end_reason, asleep)
SELECT 20000 + n, 20000 + n, 'class_teacher', 10001 + (n - 1) * 2 / 17,
       '2024-09-01', now(), '', '', false
FROM generate_series(%(from)s, %(to)s) n;

INSERT INTO roster_classpost
    (post_id, school_class_id, starts_on, is_substitute, reason, end_reason)
SELECT 20000 + n, 20000 + n, '2024-09-01', false, '', ''
FROM generate_series(%(from)s, %(to)s) n;

INSERT INTO roster_child
    (id, uuid, county_id, registry_no_sealed, registry_no_digest, name, name_key, initials, sex,
     born_on, ethnicity, id_type,
     id_no_sealed, id_no_digest, home_region, home_village_id, home_township_id, address_sealed,
     address_digest, home_words_sealed, home_words_digest, boards, created_at)
SELECT 100000 + n, gen_random_uuid(), village.county_id, '', '', '学生' || n, 'xue sheng ' || n,
       'xs', '1', '2012-05-06', '01', '1', '', '', '530999101201', village.id, village.parent_id,
       '', '', '', '', false, now()
FROM generate_series((%(from)s - 1) * %(pupils)s + 1, %(to)s * %(pupils)s) n,
     (SELECT * FROM accounts_unit WHERE kind = 'village' ORDER BY id LIMIT 1) village;

INSERT INTO roster_enrolment
    (child_id, school_id, school_class_id, starts_on, seat_no, recorded_at)
SELECT 100000 + n, school_class.school_id, school_class.id, '2024-09-01',
       1 + (n - 1) %% %(pupils)s, now()
FROM generate_series((%(from)s - 1) * %(pupils)s + 1, %(to)s * %(pupils)s) n
JOIN roster_schoolclass school_class ON school_class.id = 20001 + (n - 1) / %(pupils)s;
