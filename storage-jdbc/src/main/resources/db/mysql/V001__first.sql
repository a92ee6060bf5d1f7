-- Remora on MariaDB and MySQL, version 1. Every statement may be repeated, as none can be rolled back.
-- The name of each table begins with the prefix of the storage. Names and other short texts are UTF-8 in binary columns:
-- the two databases have no collation in common that tells a text from the same text with a blank at its end.

-- What this data is called outside of the database, and the id of the latest backfill.
CREATE TABLE IF NOT EXISTS ${prefix}storage (
    one SMALLINT NOT NULL,
    id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    last_backfill BIGINT NOT NULL,
    PRIMARY KEY (one)
) ENGINE = InnoDB;

-- Which scripts have run.
CREATE TABLE IF NOT EXISTS ${prefix}schema_version (
    version INT NOT NULL,
    checksum VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
    applied_at BIGINT NOT NULL,
    PRIMARY KEY (version)
) ENGINE = InnoDB;

-- The engines: one row for each incarnation that may still own something. lease_until is in epoch milliseconds;
-- after_incarnation is the one that an engine went on from when it had lost it, 0 when it had just started.
CREATE TABLE IF NOT EXISTS ${prefix}engine (
    incarnation BIGINT AUTO_INCREMENT NOT NULL,
    name VARBINARY(400) NOT NULL,
    after_incarnation BIGINT NOT NULL,
    lease_until BIGINT NOT NULL,
    lost BOOLEAN NOT NULL,
    PRIMARY KEY (incarnation)
) ENGINE = InnoDB;

-- The names of definitions.
CREATE TABLE IF NOT EXISTS ${prefix}workflow (
    project VARBINARY(400) NOT NULL,
    name VARBINARY(400) NOT NULL,
    highest INT NOT NULL,
    owner VARBINARY(2048) NOT NULL,
    deleted BOOLEAN NOT NULL,
    unsaved BOOLEAN NOT NULL,
    PRIMARY KEY (project, name)
) ENGINE = InnoDB;

-- The versions of definitions.
CREATE TABLE IF NOT EXISTS ${prefix}workflow_version (
    project VARBINARY(400) NOT NULL,
    name VARBINARY(400) NOT NULL,
    version INT NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (project, name, version)
) ENGINE = InnoDB;

-- The texts of definitions, in pieces.
CREATE TABLE IF NOT EXISTS ${prefix}workflow_chunk (
    project VARBINARY(400) NOT NULL,
    name VARBINARY(400) NOT NULL,
    version INT NOT NULL,
    chunk INT NOT NULL,
    bytes LONGBLOB NOT NULL,
    PRIMARY KEY (project, name, version, chunk)
) ENGINE = InnoDB;

-- The files of definitions.
CREATE TABLE IF NOT EXISTS ${prefix}workflow_file (
    project VARBINARY(400) NOT NULL,
    name VARBINARY(400) NOT NULL,
    version INT NOT NULL,
    path VARBINARY(2048) NOT NULL,
    sha256 VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    size BIGINT NOT NULL,
    PRIMARY KEY (project, name, version, path),
    KEY ${prefix}workflow_file_content (sha256, size)
) ENGINE = InnoDB;

-- The executions. Times are epoch milliseconds, 0 for none; owner is the incarnation of an engine, 0 for none, -1 for
-- none as long as it is held; place_time is the start, or the submission of what has not started. timed_workflow is the
-- project and the workflow of what a schedule or a backfill has made, timed_series the same or the backfill, timed_state
-- what it is found by within that; all three are null for a run by hand.
CREATE TABLE IF NOT EXISTS ${prefix}execution (
    exec_id BIGINT AUTO_INCREMENT NOT NULL,
    project VARBINARY(400) NOT NULL,
    workflow VARBINARY(400) NOT NULL,
    version INT NOT NULL,
    type VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    submit_time BIGINT NOT NULL,
    schedule_second BIGINT NOT NULL,
    schedule_nano INT NOT NULL,
    submit_user VARBINARY(2048) NOT NULL,
    workflow_owner VARBINARY(2048) NOT NULL,
    idempotency_key VARBINARY(800),
    options LONGTEXT CHARACTER SET ascii COLLATE ascii_bin,
    status SMALLINT NOT NULL,
    cause VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin,
    current_version INT NOT NULL,
    round INT NOT NULL,
    started_at BIGINT NOT NULL,
    round_started_at BIGINT NOT NULL,
    ended_at BIGINT NOT NULL,
    paused_at BIGINT NOT NULL,
    deadline_at BIGINT NOT NULL,
    owner BIGINT NOT NULL,
    active BOOLEAN NOT NULL,
    held BOOLEAN NOT NULL,
    zone VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    occasion LONGTEXT CHARACTER SET ascii COLLATE ascii_bin,
    timed_workflow VARBINARY(801),
    timed_series VARBINARY(801),
    timed_state SMALLINT GENERATED ALWAYS AS (
        CASE WHEN timed_series IS NULL THEN NULL ELSE status * 2 + CASE WHEN held THEN 1 ELSE 0 END END) STORED,
    place_time BIGINT NOT NULL,
    PRIMARY KEY (exec_id),
    UNIQUE KEY ${prefix}execution_key (idempotency_key, project),
    KEY ${prefix}execution_owned (active, owner, exec_id),
    KEY ${prefix}execution_place (place_time, exec_id),
    KEY ${prefix}execution_project (project, place_time, exec_id),
    KEY ${prefix}execution_status (status, place_time, exec_id),
    KEY ${prefix}execution_project_status (project, status, place_time, exec_id),
    KEY ${prefix}execution_workflow (project, workflow, place_time, exec_id),
    KEY ${prefix}execution_user (submit_user, place_time, exec_id),
    KEY ${prefix}execution_submitted (submit_time, place_time, exec_id),
    KEY ${prefix}execution_timed (timed_workflow, schedule_second, schedule_nano, exec_id),
    KEY ${prefix}execution_series (timed_series, timed_state, schedule_second, schedule_nano, exec_id)
) ENGINE = InnoDB;

-- The nodes that have left their initial state. What few of them have is JSON in one column.
CREATE TABLE IF NOT EXISTS ${prefix}node (
    exec_id BIGINT NOT NULL,
    node INT NOT NULL,
    status SMALLINT NOT NULL,
    cause VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin,
    round INT NOT NULL,
    attempt INT NOT NULL,
    failures INT NOT NULL,
    losses INT NOT NULL,
    started_at BIGINT NOT NULL,
    ended_at BIGINT NOT NULL,
    retry_at BIGINT NOT NULL,
    detail LONGTEXT CHARACTER SET ascii COLLATE ascii_bin,
    PRIMARY KEY (exec_id, node)
) ENGINE = InnoDB;

-- The commands that wait for the owners of executions.
CREATE TABLE IF NOT EXISTS ${prefix}command (
    id BIGINT AUTO_INCREMENT NOT NULL,
    exec_id BIGINT NOT NULL,
    kind VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    cause VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin,
    PRIMARY KEY (id),
    KEY ${prefix}command_execution (exec_id, id)
) ENGINE = InnoDB;

-- The logs of jobs. attempt_line is the first line of the attempt, attempt_position the highest source_position of the
-- attempt up to here: so the last row of an attempt tells where all of it is.
CREATE TABLE IF NOT EXISTS ${prefix}log_chunk (
    exec_id BIGINT NOT NULL,
    node VARBINARY(400) NOT NULL,
    first_line BIGINT NOT NULL,
    line_count INT NOT NULL,
    attempt INT NOT NULL,
    source_position BIGINT NOT NULL,
    attempt_line BIGINT NOT NULL,
    attempt_position BIGINT NOT NULL,
    bytes LONGBLOB NOT NULL,
    PRIMARY KEY (exec_id, node, first_line)
) ENGINE = InnoDB;

-- The contents of files. stored_at is when the last piece came.
CREATE TABLE IF NOT EXISTS ${prefix}content (
    sha256 VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    size BIGINT NOT NULL,
    stored_at BIGINT NOT NULL,
    PRIMARY KEY (sha256, size)
) ENGINE = InnoDB;

-- The contents of files, in pieces.
CREATE TABLE IF NOT EXISTS ${prefix}content_chunk (
    sha256 VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    size BIGINT NOT NULL,
    chunk INT NOT NULL,
    bytes LONGBLOB NOT NULL,
    PRIMARY KEY (sha256, size, chunk)
) ENGINE = InnoDB;

-- The resources of projects. path_order is the path in UTF-16, by which they are listed.
CREATE TABLE IF NOT EXISTS ${prefix}resource (
    project VARBINARY(400) NOT NULL,
    path VARBINARY(2048) NOT NULL,
    path_order VARBINARY(2000) NOT NULL,
    sha256 VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    size BIGINT NOT NULL,
    saved_by VARBINARY(2048) NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (project, path_order),
    KEY ${prefix}resource_content (sha256, size)
) ENGINE = InnoDB;

-- The projects.
CREATE TABLE IF NOT EXISTS ${prefix}project (
    name VARBINARY(400) NOT NULL,
    owner VARBINARY(2048) NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (name)
) ENGINE = InnoDB;

-- What users may do in projects; OWN for the owner.
CREATE TABLE IF NOT EXISTS ${prefix}project_grant (
    project VARBINARY(400) NOT NULL,
    grantee VARBINARY(2048) NOT NULL,
    access_right VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (project, grantee),
    KEY ${prefix}project_grant_user (grantee, project)
) ENGINE = InnoDB;

INSERT IGNORE INTO ${prefix}storage (one, id) VALUES (1, LOWER(UUID()));

-- The schedules. definition is JSON; next is null if it is offline or over.
CREATE TABLE IF NOT EXISTS ${prefix}schedule (
    project VARBINARY(400) NOT NULL,
    workflow VARBINARY(400) NOT NULL,
    definition LONGTEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    saved_by VARBINARY(2048) NOT NULL,
    saved_at BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    cursor_second BIGINT NOT NULL,
    cursor_nano INT NOT NULL,
    next_second BIGINT,
    next_nano INT,
    last_second BIGINT,
    last_nano INT,
    skipped BIGINT NOT NULL,
    PRIMARY KEY (project, workflow),
    KEY ${prefix}schedule_next (next_second, next_nano, project, workflow)
) ENGINE = InnoDB;

-- The backfills. request is JSON.
CREATE TABLE IF NOT EXISTS ${prefix}backfill (
    id BIGINT NOT NULL,
    project VARBINARY(400) NOT NULL,
    workflow VARBINARY(400) NOT NULL,
    version INT NOT NULL,
    request LONGTEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    requested_by VARBINARY(2048) NOT NULL,
    created_at BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    status VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    active BOOLEAN NOT NULL,
    PRIMARY KEY (id),
    KEY ${prefix}backfill_project (project, id),
    KEY ${prefix}backfill_active (active, id)
) ENGINE = InnoDB;

-- The runs of the backfills, in the order in which they start. They stay when their executions are purged.
CREATE TABLE IF NOT EXISTS ${prefix}backfill_run (
    backfill_id BIGINT NOT NULL,
    run INT NOT NULL,
    schedule_second BIGINT NOT NULL,
    schedule_nano INT NOT NULL,
    exec_id BIGINT NOT NULL,
    PRIMARY KEY (backfill_id, run)
) ENGINE = InnoDB;

-- The ends of rounds that somebody is still to be notified of. due_at is in epoch milliseconds, on the clock of the engines.
CREATE TABLE IF NOT EXISTS ${prefix}notice (
    exec_id BIGINT NOT NULL,
    round INT NOT NULL,
    tries INT NOT NULL,
    due_at BIGINT NOT NULL,
    status SMALLINT NOT NULL,
    cause VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin,
    current_version INT NOT NULL,
    started_at BIGINT NOT NULL,
    round_started_at BIGINT NOT NULL,
    ended_at BIGINT NOT NULL,
    paused_at BIGINT NOT NULL,
    deadline_at BIGINT NOT NULL,
    held BOOLEAN NOT NULL,
    PRIMARY KEY (exec_id, round),
    KEY ${prefix}notice_due (due_at, exec_id, round)
) ENGINE = InnoDB;

INSERT IGNORE INTO ${prefix}storage (one, id, last_backfill) VALUES (1, LOWER(UUID()), 0);

INSERT IGNORE INTO ${prefix}schema_version (version, checksum, applied_at)
    VALUES (1, NULL, TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', UTC_TIMESTAMP(6)) DIV 1000);
