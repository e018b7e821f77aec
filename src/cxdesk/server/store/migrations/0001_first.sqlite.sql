-- The same tables as in 0001_first.postgres.sql, for one server on one machine. SQLite knows no roles: every statement
-- names its shop, as it does there.

-- Who this server is; the epoch is another one after a backup was put back.
CREATE TABLE server (
    one integer PRIMARY KEY DEFAULT 1 CHECK (one = 1),
    server_id text NOT NULL,
    epoch text NOT NULL
) STRICT, WITHOUT ROWID;

-- The way from a code to its shop, before it is known whose it is. Holds no word of anybody's.
CREATE TABLE code_route (
    code_hash text PRIMARY KEY,
    shop_id text NOT NULL,
    until integer NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE shop (
    shop_id text PRIMARY KEY,
    name text NOT NULL,
    created_at integer NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE store (
    shop_id text NOT NULL,
    store_id text NOT NULL,
    name text NOT NULL,
    PRIMARY KEY (shop_id, store_id)
) STRICT, WITHOUT ROWID;

-- Locked last in every transaction that writes operations, so that the order of numbers is the order of commits.
CREATE TABLE shop_counter (
    shop_id text PRIMARY KEY,
    n integer NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE device (
    shop_id text NOT NULL,
    device_id text NOT NULL,
    name text NOT NULL,
    store_id text NOT NULL,
    role text NOT NULL,
    state text NOT NULL,
    last_n integer NOT NULL,
    last_t integer NOT NULL,
    last_seen integer NOT NULL,
    pulled_seq integer NOT NULL,
    enrolled_at integer NOT NULL,
    PRIMARY KEY (shop_id, device_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE enrol_code (
    shop_id text NOT NULL,
    code_hash text NOT NULL,
    store_id text NOT NULL,
    role text NOT NULL,
    until integer NOT NULL,
    used_at integer,
    PRIMARY KEY (shop_id, code_hash)
) STRICT, WITHOUT ROWID;

-- SHA-256 of tokens, never a token. A refresh token is fresh, then spent once its follower was used.
CREATE TABLE token (
    shop_id text NOT NULL,
    token_hash text NOT NULL,
    device_id text NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    parent_hash text,
    until integer NOT NULL,
    PRIMARY KEY (shop_id, token_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX token_device ON token (shop_id, device_id);

CREATE TABLE agent_pin (
    shop_id text NOT NULL,
    agent_id text NOT NULL,
    pin_hash text NOT NULL,
    wrong integer NOT NULL,
    locked_until integer NOT NULL,
    PRIMARY KEY (shop_id, agent_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE agent_session (
    shop_id text NOT NULL,
    device_id text NOT NULL,
    agent_id text NOT NULL,
    began_at integer NOT NULL,
    until integer NOT NULL,
    PRIMARY KEY (shop_id, device_id, agent_id)
) STRICT, WITHOUT ROWID;

-- Rows of every table a desk shares. `phase` and `at` are the order of a snapshot: open tickets, then customers by
-- their last contact (negative, so that all of it ascends), then the rest.
CREATE TABLE entity (
    shop_id text NOT NULL,
    ent text NOT NULL,
    id text NOT NULL,
    phase integer NOT NULL,
    at integer NOT NULL,
    f text NOT NULL,
    clk text NOT NULL,
    tags text,
    gone text,
    erased integer NOT NULL,
    changed_at integer NOT NULL,
    PRIMARY KEY (shop_id, ent, id)
) STRICT;
CREATE UNIQUE INDEX entity_snapshot ON entity (shop_id, phase, at, ent, id);
CREATE INDEX entity_changed ON entity (shop_id, changed_at);
-- By these fields a row says to which row it belongs.
CREATE INDEX entity_customer_id ON entity (shop_id, (f ->> 'customer_id')) WHERE f ->> 'customer_id' IS NOT NULL;
CREATE INDEX entity_merged_into ON entity (shop_id, (f ->> 'merged_into')) WHERE f ->> 'merged_into' IS NOT NULL;
CREATE INDEX entity_survivor_id ON entity (shop_id, (f ->> 'survivor_id')) WHERE f ->> 'survivor_id' IS NOT NULL;
CREATE INDEX entity_merged_id ON entity (shop_id, (f ->> 'merged_id')) WHERE f ->> 'merged_id' IS NOT NULL;
CREATE INDEX entity_one_id ON entity (shop_id, (f ->> 'one_id')) WHERE f ->> 'one_id' IS NOT NULL;
CREATE INDEX entity_other_id ON entity (shop_id, (f ->> 'other_id')) WHERE f ->> 'other_id' IS NOT NULL;
CREATE INDEX entity_ticket_id ON entity (shop_id, (f ->> 'ticket_id')) WHERE f ->> 'ticket_id' IS NOT NULL;
CREATE INDEX entity_merge_id ON entity (shop_id, (f ->> 'merge_id')) WHERE f ->> 'merge_id' IS NOT NULL;
CREATE INDEX entity_ent_id ON entity (shop_id, (f ->> 'ent_id')) WHERE f ->> 'ent_id' IS NOT NULL;
CREATE INDEX entity_shift ON entity (shop_id, (f ->> 'agent_id')) WHERE ent = 'shift';

-- What the shared queue asks of a ticket, beside its row and always changed together with it.
CREATE TABLE ticket_hold (
    shop_id text NOT NULL,
    ticket_id text NOT NULL,
    status text NOT NULL,
    topic text NOT NULL,
    rank_at integer NOT NULL,
    holder text,
    device_id text,
    lease_until integer NOT NULL,
    fence integer,
    PRIMARY KEY (shop_id, ticket_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX ticket_hold_queue ON ticket_hold (shop_id, status, rank_at, ticket_id);
CREATE INDEX ticket_hold_holder ON ticket_hold (shop_id, holder) WHERE holder IS NOT NULL;
CREATE INDEX ticket_hold_device ON ticket_hold (shop_id, device_id) WHERE device_id IS NOT NULL;

CREATE TABLE ticket_number (
    shop_id text NOT NULL,
    number integer NOT NULL,
    ticket_id text NOT NULL,
    PRIMARY KEY (shop_id, number)
) STRICT, WITHOUT ROWID;

-- Words a customer is found by: the beginnings of names and the values of identities.
CREATE TABLE find (
    shop_id text NOT NULL,
    word text NOT NULL,
    ent text NOT NULL,
    id text NOT NULL,
    customer_id text NOT NULL,
    PRIMARY KEY (shop_id, word, ent, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX find_row ON find (shop_id, ent, id);

CREATE TABLE op_log (
    shop_id text NOT NULL,
    seq integer NOT NULL,
    month text NOT NULL,
    device_id text NOT NULL,
    agent_id text,
    op text NOT NULL,
    ent text NOT NULL,
    id text NOT NULL,
    body text NOT NULL,
    received_at integer NOT NULL,
    PRIMARY KEY (shop_id, seq)
) STRICT;
CREATE INDEX op_log_row ON op_log (shop_id, id);

-- What a device was told about its last numbers, to be told the same again.
CREATE TABLE answer (
    shop_id text NOT NULL,
    device_id text NOT NULL,
    n integer NOT NULL,
    op text NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (shop_id, device_id, n)
) STRICT;

CREATE TABLE field_history (
    shop_id text NOT NULL,
    ent text NOT NULL,
    id text NOT NULL,
    field text NOT NULL,
    op text NOT NULL,
    t integer NOT NULL,
    device_id text NOT NULL,
    value text,
    lost_at integer NOT NULL,
    PRIMARY KEY (shop_id, ent, id, field, op)
) STRICT, WITHOUT ROWID;

CREATE TABLE snapshot (
    shop_id text NOT NULL,
    snapshot_id text NOT NULL,
    device_id text NOT NULL,
    seq0 integer NOT NULL,
    began_at integer NOT NULL,
    until integer NOT NULL,
    PRIMARY KEY (shop_id, snapshot_id)
) STRICT, WITHOUT ROWID;

-- Who was erased, as a keyed hash: enough to erase them again after a backup was put back, and to know nobody by it.
CREATE TABLE erasure_ledger (
    shop_id text NOT NULL,
    erasure_id text NOT NULL,
    subject text NOT NULL,
    agent_id text,
    reason text NOT NULL,
    at integer NOT NULL,
    PRIMARY KEY (shop_id, erasure_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE erasure_ack (
    shop_id text NOT NULL,
    erasure_id text NOT NULL,
    device_id text NOT NULL,
    at integer NOT NULL,
    PRIMARY KEY (shop_id, erasure_id, device_id)
) STRICT, WITHOUT ROWID;

-- Who did what with whose data. Each line holds the hash of the one before it.
CREATE TABLE access_log (
    shop_id text NOT NULL,
    n integer NOT NULL,
    at integer NOT NULL,
    device_id text NOT NULL,
    agent_id text,
    origin text NOT NULL,
    subject text NOT NULL,
    act text NOT NULL,
    reason text NOT NULL,
    before text NOT NULL,
    hash text NOT NULL,
    PRIMARY KEY (shop_id, n)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER access_log_no_update BEFORE UPDATE ON access_log
BEGIN SELECT RAISE(ABORT, 'lines of the access log are added and never changed'); END;
CREATE TRIGGER access_log_no_delete BEFORE DELETE ON access_log
BEGIN SELECT RAISE(ABORT, 'lines of the access log are added and never changed'); END;
