"""The store's tables, one entry per version (`user_version` counts them): older stores are migrated by these.

Released entries are never changed, so they take nothing from the code around them.
"""

BEST_LEVELS = (
    "SELECT l.session_id, a.position, l.rubric, max(l.level), l.bank_id, l.question_id, l.competency,"
    " max(l.answered_at), row_number() OVER (PARTITION BY a.position ORDER BY l.rubric) = 1"
    " FROM level l JOIN answer a ON a.id = l.answer_id WHERE l.session_id=?"
    " GROUP BY l.session_id, a.position, l.rubric"
)
"""The best level of each question of one session, rubric by rubric: a worse try costs nothing. By the last column
questions are counted: one of a question's rows has 1 there."""
SESSION_LEVELS = (
    "SELECT session_id, rubric, avg(level) FROM best_level WHERE session_id=? GROUP BY session_id, rubric"
)
"""The mean level of each rubric of one session."""

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE session (
        id TEXT PRIMARY KEY,
        started_at TEXT NOT NULL,
        finished_at TEXT NOT NULL DEFAULT '',
        mode TEXT NOT NULL,
        bank_id TEXT NOT NULL,
        bank_title TEXT NOT NULL DEFAULT '',
        sample INTEGER NOT NULL DEFAULT 0,
        job_id TEXT NOT NULL DEFAULT '',
        place TEXT NOT NULL DEFAULT '',
        detail TEXT NOT NULL,
        deleted_at TEXT NOT NULL DEFAULT ''
    );
    CREATE INDEX session_by_time ON session (started_at DESC, id DESC);
    CREATE TABLE answer (
        id TEXT PRIMARY KEY,
        session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        attempt INTEGER NOT NULL,
        question_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        competency TEXT NOT NULL DEFAULT '',
        ask TEXT NOT NULL,
        said TEXT NOT NULL DEFAULT '',
        answered_at TEXT NOT NULL DEFAULT '',
        skipped INTEGER NOT NULL DEFAULT 0,
        detail TEXT NOT NULL,
        scorecard TEXT,
        self_rating TEXT NOT NULL DEFAULT '{}'
    );
    CREATE INDEX answer_by_session ON answer (session_id, position, attempt);
    CREATE INDEX answer_by_question ON answer (question_id, answered_at);
    CREATE INDEX answer_by_time ON answer (answered_at);
    CREATE TABLE level (
        answer_id TEXT NOT NULL REFERENCES answer (id) ON DELETE CASCADE,
        rubric TEXT NOT NULL,
        level INTEGER NOT NULL,
        PRIMARY KEY (answer_id, rubric)
    ) WITHOUT ROWID;
    CREATE TABLE learned (
        session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
        interviewer_id TEXT NOT NULL,
        interviewer_name TEXT NOT NULL,
        kind TEXT NOT NULL,
        text TEXT NOT NULL,
        UNIQUE (session_id, interviewer_id, kind, text)
    );
    CREATE TABLE document (
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        text TEXT NOT NULL,
        UNIQUE (kind, id)
    );
    CREATE VIRTUAL TABLE answer_words USING fts5 (
        ask, said, content='answer', content_rowid='rowid', tokenize='unicode61 remove_diacritics 2'
    );
    CREATE TRIGGER answer_added AFTER INSERT ON answer BEGIN
        INSERT INTO answer_words (rowid, ask, said) VALUES (new.rowid, new.ask, new.said);
    END;
    CREATE TRIGGER answer_removed AFTER DELETE ON answer BEGIN
        INSERT INTO answer_words (answer_words, rowid, ask, said) VALUES ('delete', old.rowid, old.ask, old.said);
    END;
    CREATE TRIGGER answer_changed AFTER UPDATE OF ask, said ON answer BEGIN
        INSERT INTO answer_words (answer_words, rowid, ask, said) VALUES ('delete', old.rowid, old.ask, old.said);
        INSERT INTO answer_words (rowid, ask, said) VALUES (new.rowid, new.ask, new.said);
    END;
    """,
    # The levels that count, with what lists and progress ask for, so that neither reads the answers.
    """
    CREATE TABLE level_2 (
        answer_id TEXT NOT NULL REFERENCES answer (id) ON DELETE CASCADE,
        rubric TEXT NOT NULL,
        level INTEGER NOT NULL,
        self_level INTEGER,
        session_id TEXT NOT NULL,
        bank_id TEXT NOT NULL,
        question_id TEXT NOT NULL,
        competency TEXT NOT NULL,
        answered_at TEXT NOT NULL,
        PRIMARY KEY (answer_id, rubric)
    ) WITHOUT ROWID;
    INSERT INTO level_2
        SELECT l.answer_id, l.rubric, l.level, json_extract(a.self_rating, '$."' || l.rubric || '"'), a.session_id,
            s.bank_id, a.question_id, a.competency, a.answered_at
        FROM level l JOIN answer a ON a.id = l.answer_id JOIN session s ON s.id = a.session_id
        WHERE a.skipped = 0 AND (json_array_length(a.detail, '$.question.rubrics') = 0
            OR l.rubric IN (SELECT value FROM json_each(a.detail, '$.question.rubrics')));
    DROP TABLE level;
    ALTER TABLE level_2 RENAME TO level;
    CREATE INDEX level_by_time ON level (answered_at, answer_id, rubric);
    CREATE INDEX level_by_competency ON level (competency, answered_at, session_id);
    CREATE INDEX level_by_day ON level (rubric, answered_at, level, session_id);
    CREATE INDEX level_by_session ON level (session_id, rubric);
    CREATE TABLE session_level (
        session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
        rubric TEXT NOT NULL,
        mean REAL NOT NULL,
        PRIMARY KEY (session_id, rubric)
    ) WITHOUT ROWID;
    CREATE INDEX session_level_by_mean ON session_level (rubric, mean, session_id);
    CREATE INDEX session_by_bank ON session (bank_id, started_at DESC);
    INSERT INTO session_level
        SELECT l.session_id, l.rubric, avg(l.level) FROM level l JOIN answer a ON a.id = l.answer_id
            AND a.attempt = (SELECT max(attempt) FROM answer
            WHERE session_id = a.session_id AND position = a.position AND skipped = 0)
        GROUP BY l.session_id, l.rubric;
    DROP TABLE answer_words;
    CREATE VIRTUAL TABLE answer_words USING fts5 (
        ask, said, content='answer', content_rowid='rowid', tokenize='unicode61 remove_diacritics 2', prefix='1 2 3'
    );
    INSERT INTO answer_words (answer_words) VALUES ('rebuild');
    """,
    # Interviews cut off between their last answer and being marked as over; drafts of sessions that were deleted.
    """
    UPDATE session SET finished_at = coalesce(
            (SELECT max(answered_at) FROM answer WHERE session_id = session.id AND answered_at <> ''), started_at)
        WHERE finished_at = '' AND place = '';
    DELETE FROM document WHERE kind = 'draft'
        AND substr(id, 1, instr(id || '/', '/') - 1) NOT IN (SELECT id FROM session);
    """,
    # How many answers were given is known without reading them.
    """
    CREATE INDEX answer_skipped ON answer (session_id) WHERE skipped = 1;
    """,
    # Of a question tried more than once the best attempt counts, no longer the last.
    """
    DELETE FROM session_level;
    INSERT INTO session_level
        SELECT session_id, rubric, avg(best) FROM (
            SELECT l.session_id, l.rubric, max(l.level) AS best FROM level l JOIN answer a ON a.id = l.answer_id
            GROUP BY l.session_id, l.rubric, a.position)
        GROUP BY session_id, rubric;
    """,
    # What was kept of a goodbye alone is no answer to the question it stands with, nor is what was asked aside.
    """
    ALTER TABLE answer ADD COLUMN answered INTEGER NOT NULL DEFAULT 1;
    UPDATE answer SET answered = 0 WHERE skipped = 1 OR CASE WHEN json_valid(detail) THEN
        json_array_length(detail, '$.utterances') > 0 AND NOT EXISTS (
            SELECT 1 FROM json_each(detail, '$.utterances')
            WHERE coalesce(json_extract(value, '$.purpose'), '') NOT IN ('aside', 'goodbye')) ELSE 0 END;
    DELETE FROM level WHERE level = 0 AND answer_id IN (SELECT id FROM answer WHERE answered = 0);
    DELETE FROM session_level;
    INSERT INTO session_level
        SELECT session_id, rubric, avg(best) FROM (
            SELECT l.session_id, l.rubric, max(l.level) AS best FROM level l JOIN answer a ON a.id = l.answer_id
            GROUP BY l.session_id, l.rubric, a.position)
        GROUP BY session_id, rubric;
    DROP INDEX answer_skipped;
    CREATE INDEX answer_answered ON answer (session_id, position) WHERE answered = 1;
    """,
    # Progress adds up what is known when an answer is kept, in place of grouping all attempts at each look.
    """
    CREATE TABLE best_level (
        session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        rubric TEXT NOT NULL,
        level INTEGER NOT NULL,
        bank_id TEXT NOT NULL,
        question_id TEXT NOT NULL,
        competency TEXT NOT NULL,
        answered_at TEXT NOT NULL,
        counts INTEGER NOT NULL,
        PRIMARY KEY (session_id, position, rubric)
    ) WITHOUT ROWID;
    INSERT INTO best_level
        SELECT l.session_id, a.position, l.rubric, max(l.level), l.bank_id, l.question_id, l.competency,
            max(l.answered_at), row_number() OVER (PARTITION BY l.session_id, a.position ORDER BY l.rubric) = 1
        FROM level l JOIN answer a ON a.id = l.answer_id
        GROUP BY l.session_id, a.position, l.rubric;
    CREATE INDEX best_level_by_time ON best_level (rubric, answered_at, level, session_id);
    CREATE INDEX best_level_by_competency ON best_level (competency, answered_at, session_id, counts);
    DROP INDEX level_by_competency;
    DROP INDEX level_by_day;
    """,
    # What a coach sets is called an assignment everywhere.
    """
    UPDATE session SET bank_id = 'assignment' || substr(bank_id, 5) WHERE substr(bank_id, 1, 5) = 'task:';
    UPDATE level SET bank_id = 'assignment' || substr(bank_id, 5) WHERE substr(bank_id, 1, 5) = 'task:';
    UPDATE best_level SET bank_id = 'assignment' || substr(bank_id, 5) WHERE substr(bank_id, 1, 5) = 'task:';
    UPDATE document SET kind = 'assignment' WHERE kind = 'task';
    UPDATE document SET text = replace(text, '"task":', '"assignment":') WHERE substr(kind, 1, 10) = 'practised ';
    """,
    # A level that feedback does not show, of parts that the question does not ask for, counts nowhere.
    """
    DELETE FROM level WHERE EXISTS (
        SELECT 1 FROM answer a WHERE a.id = level.answer_id AND json_valid(a.scorecard)
            AND json_array_length(a.scorecard, '$.rubrics."' || rubric || '".parts') > 0
            AND NOT EXISTS (SELECT 1 FROM json_each(a.scorecard, '$.rubrics."' || rubric || '".parts')
                WHERE coalesce(json_extract(value, '$.found'), '') <> 'spare'));
    DELETE FROM best_level;
    INSERT INTO best_level
        SELECT l.session_id, a.position, l.rubric, max(l.level), l.bank_id, l.question_id, l.competency,
            max(l.answered_at), row_number() OVER (PARTITION BY l.session_id, a.position ORDER BY l.rubric) = 1
        FROM level l JOIN answer a ON a.id = l.answer_id
        GROUP BY l.session_id, a.position, l.rubric;
    DELETE FROM session_level;
    INSERT INTO session_level
        SELECT session_id, rubric, avg(level) FROM best_level GROUP BY session_id, rubric;
    """,
)
