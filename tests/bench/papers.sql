-- Papers of a county's units over three years: of twenty fourteen are served, two signed a while
-- ago, one is void, three are performed. Each served one has its service, each void one its move.

WITH made AS (
    SELECT n, (ARRAY[%(here)s, %(there)s]::bigint[])[1 + n %% 2] AS unit_id, n %% 20 AS part,
           %(until)s::date - (n * 7919::bigint %% 1000)::int AS day
    FROM generate_series(%(from)s, %(to)s) n
), papers AS (
    INSERT INTO papers_paper
        (uuid, county_id, unit_id, kind, about_code, about_key, state, told_sealed, drafted_by_id,
         drafted_on, drafted_at, year, seq, number, token, text_sealed, text_hash, signed_by_id,
         signed_on, served_on, performed_on, voided_on)
    SELECT gen_random_uuid(), %(county)s, unit_id, 'order', 'case', n::text,
           CASE WHEN part < 14 THEN 'served' WHEN part < 16 THEN 'signed'
                WHEN part < 17 THEN 'void' ELSE 'performed' END,
           '', %(post)s, day, day, 2025, n, '政教限〔2025〕' || n || '号', 'token' || n, '', 'hash',
           %(post)s, day, CASE WHEN part < 14 OR part > 16 THEN day + 1 END,
           CASE WHEN part > 16 THEN day + 5 END, CASE WHEN part = 16 THEN day + 2 END
    FROM made
    RETURNING id, state, signed_on, served_on
), moves AS (
    INSERT INTO papers_papermove
        (uuid, paper_id, move, from_state, to_state, occurred_on, recorded_at, post_id, seen,
         reason_sealed)
    SELECT gen_random_uuid(), id, CASE WHEN state = 'void' THEN 'void' ELSE 'serve' END, 'signed',
           state, signed_on + 1, signed_on + 1, %(post)s, '', ''
    FROM papers WHERE state <> 'signed'
    RETURNING id, paper_id, move, recorded_at
)
INSERT INTO papers_service
    (uuid, paper_id, move_id, method, served_at, place_sealed, first_server_sealed,
     second_server_sealed, received_by_sealed, relation_sealed, refusal_sealed, witness_sealed,
     remark_sealed)
SELECT gen_random_uuid(), paper_id, id, 'direct', recorded_at, '', '', '', '', '', '', '', ''
FROM moves WHERE move = 'serve';
