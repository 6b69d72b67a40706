"""What sending leaves behind - copies, mails, incoming books, tasks, history -, derived inside the database.

Keys are hashes of the row they belong to, so that the same papers always have the same trail.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection

STATEMENTS = {
    "the round that each draft was saved in": """
        INSERT INTO directives_draft (directive_id, version, text, enclosed, saved_by_id, saved_at)
        SELECT id, 1, text, '[]', drafter_id, created_at FROM directives_directive ORDER BY created_at""",
    "a template for each body": """
        INSERT INTO directives_drafttemplate (id, organization_id, name, type, text, kept_by_id, kept_at)
        SELECT md5('template' || post.id)::uuid, organization_id, 'Công văn mẫu', type, text, person_id, created_at
        FROM orgs_post post, (SELECT type, text, created_at FROM directives_directive ORDER BY created_at LIMIT 1) paper
        WHERE role = 'drafter'""",
    "opinions on what was submitted": """
        INSERT INTO directives_opinion (directive_id, organization_id, author_id, role, block, quote, words, version,
            written_at, answer)
        SELECT id, issuer_id, drafter_id, 'drafter', '', '', 'Đề nghị ghi rõ thời hạn báo cáo.', 1, changed_at, ''
        FROM directives_directive WHERE state = 'submitted'""",
    "official copies": """
        INSERT INTO directives_issuedcopy (directive_id, kind, sha256, size, pages, content_hash, versions, stored_at)
        SELECT id, 'final', %(sha256)s, 40000, 2, approved_hash, '{}', changed_at
        FROM directives_directive WHERE number IS NOT NULL ORDER BY changed_at""",
    "mails": """
        INSERT INTO directives_notice (id, delivery_id, kind, address, handed_over_at, accepted_at, answer)
        SELECT md5('mail' || delivery.id)::uuid, delivery.id, 'issued', unit.code || '@chidao.example',
               sent_at, sent_at, '250 OK'
        FROM directives_delivery delivery JOIN orgs_organization unit ON unit.id = delivery.organization_id""",
    "work that was done": """
        INSERT INTO directives_outboxrow (work, object_id, key, state, put_at, due_at, attempts, done_at)
        SELECT 'mail', id, 'mail:' || id || ':', 'done', handed_over_at, handed_over_at, 1, handed_over_at
        FROM directives_notice""",
    "incoming books": """
        INSERT INTO directives_incomingbook (organization_id, period, next_number)
        SELECT organization_id, extract(year FROM received_at)::text, count(*) + 1
        FROM directives_delivery WHERE state = 'received' GROUP BY 1, 2""",
    "incoming numbers": """
        INSERT INTO directives_incomingentry (book_id, number, arrived_on, delivery_id, issuer_name, printed_number,
            dated_on, subject, entered_by_id, entered_at)
        SELECT book.id, row_number() OVER (PARTITION BY book.id ORDER BY received_at, delivery.id), received_at::date,
               delivery.id, issuer.name, paper.number || '-' || paper.symbol, paper.dated_on, paper.subject,
               received_by_id, received_at
        FROM directives_delivery delivery
        JOIN directives_directive paper ON paper.id = delivery.directive_id
        JOIN orgs_organizationversion issuer ON issuer.organization_id = paper.issuer_id
        JOIN directives_incomingbook book ON book.organization_id = delivery.organization_id
             AND book.period = extract(year FROM received_at)::text
        WHERE delivery.state = 'received'""",
    "tasks, two for three papers of ten and for each of the newest": """
        INSERT INTO directives_task (id, directive_id, block_id, position, marker, text, follow, product, due_at,
            due_has_hour, timing, receiving_level)
        SELECT md5('task' || paper.id || place)::uuid, paper.id, block ->> 'id', place, block ->> 'marker',
               block #>> '{runs,0,text}', CASE place WHEN 1 THEN 'each' ELSE 'task' END, '',
               paper.issued_at + interval '21 days', false, '', ''
        FROM directives_directive paper,
             generate_series(1, 2) place,
             jsonb_path_query(paper.text, '$.body[*] ? (@.id == $id)', jsonb_build_object('id', 'm' || place)) block
        WHERE paper.state = 'issued'
              AND (hashtext(paper.id::text) % 10 IN (0, 1, 2) OR paper.issued_at >= %(fresh_since)s)""",
    "shares of the tasks": """
        INSERT INTO directives_assignment (id, task_id, directive_id, issuer_id, organization_id, part, state, due_at,
            reported_at, done_at, more_asked, ended_reason, changed_at)
        SELECT md5('share' || task.id || organization_id)::uuid, task.id, paper.id, paper.issuer_id, organization_id,
               CASE follow WHEN 'each' THEN 'each' ELSE 'lead' END, delivery.state, task.due_at,
               CASE WHEN delivery.state IN ('reported', 'done') THEN sent_at + interval '9 days' END,
               CASE WHEN delivery.state = 'done' THEN sent_at + interval '10 days' END,
               '', CASE WHEN delivery.state = 'ended' THEN 'Đơn vị đã sắp xếp lại' ELSE '' END, sent_at
        FROM (SELECT delivery.*, row_number() OVER (PARTITION BY directive_id ORDER BY id) AS place,
                     CASE WHEN sent_at > least(%(fresh_since)s, now() - interval '30 days')
                          THEN (ARRAY['assigned', 'working', 'reported', 'done'])[1 + abs(hashtext(id::text)) % 4]
                          WHEN abs(hashtext(id::text)) % 100 < 3 THEN 'working'
                          WHEN abs(hashtext(id::text)) % 100 < 5 THEN 'ended'
                          ELSE 'done' END AS state
              FROM (SELECT id, directive_id, organization_id, sent_at FROM directives_delivery
                    WHERE state <> 'misdirected') delivery) delivery
        JOIN directives_task task ON task.directive_id = delivery.directive_id
        JOIN directives_directive paper ON paper.id = delivery.directive_id
        WHERE follow = 'each' OR place = 1""",
    "history": """
        INSERT INTO orgs_event (at, step, subject_kind, subject_id, person_id, organization_id, role, basis, facts)
        SELECT changed_at, step, 'directives.directive', paper.id::text, drafter_id, issuer_id, 'drafter', '',
               CASE step WHEN 'submit' THEN '{"version": 1}' ELSE '{}' END::jsonb
        FROM directives_directive paper,
             unnest(ARRAY['create', 'submit', 'approve', 'note_signature', 'number', 'issue']) step
        WHERE number IS NOT NULL ORDER BY changed_at""",
    "readings": """
        INSERT INTO directives_reading (directive_id, person_id, at)
        SELECT directive_id, seen_by_id, seen_at FROM directives_delivery WHERE seen_at IS NOT NULL""",
}


def leave_trail(sha256: str, fresh_since: datetime) -> None:
    """Write it for all papers; every official copy is the one file with this hash, newer shares are under way."""
    facts: dict[str, str | datetime] = {"sha256": sha256, "fresh_since": fresh_since}
    with connection.cursor() as cursor:
        for statement in STATEMENTS.values():
            cursor.execute(statement.replace("% ", "%% "), facts)
