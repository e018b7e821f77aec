-- Each key begins with shop_id: what belongs to one shop stays together when the tables are spread over many machines,
-- and no index has to be searched past the shop that asks. Times are milliseconds since 1970 UTC.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cx_app') THEN
        CREATE ROLE cx_app NOLOGIN NOSUPERUSER NOBYPASSRLS;
    END IF;
    IF NOT pg_has_role(current_user, 'cx_app', 'MEMBER') THEN
        EXECUTE format('GRANT cx_app TO %I', current_user);
    END IF;
END $$;

-- Who this server is; the epoch is another one after a backup was put back.
CREATE TABLE server (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    server_id text NOT NULL,
    epoch text NOT NULL
);

-- The way from a code to its shop, before it is known whose it is. Holds no word of anybody's.
CREATE TABLE code_route (
    code_hash text PRIMARY KEY,
    shop_id uuid NOT NULL,
    until bigint NOT NULL
);

CREATE TABLE shop (
    shop_id uuid PRIMARY KEY,
    name text NOT NULL,
    created_at bigint NOT NULL
);

CREATE TABLE store (
    shop_id uuid NOT NULL,
    store_id text NOT NULL,
    name text NOT NULL,
    PRIMARY KEY (shop_id, store_id)
);

-- Locked last in every transaction that writes operations, so that the order of numbers is the order of commits.
CREATE TABLE shop_counter (
    shop_id uuid PRIMARY KEY,
    n bigint NOT NULL
);

CREATE TABLE device (
    shop_id uuid NOT NULL,
    device_id text NOT NULL,
    name text NOT NULL,
    store_id text NOT NULL,
    role text NOT NULL,
    state text NOT NULL,
    last_n bigint NOT NULL,
    last_t bigint NOT NULL,
    last_seen bigint NOT NULL,
    pulled_seq bigint NOT NULL,
    enrolled_at bigint NOT NULL,
    PRIMARY KEY (shop_id, device_id)
);

CREATE TABLE enrol_code (
    shop_id uuid NOT NULL,
    code_hash text NOT NULL,
    store_id text NOT NULL,
    role text NOT NULL,
    until bigint NOT NULL,
    used_at bigint,
    PRIMARY KEY (shop_id, code_hash)
);

-- SHA-256 of tokens, never a token. A refresh token is fresh, then spent once its follower was used.
CREATE TABLE token (
    shop_id uuid NOT NULL,
    token_hash text NOT NULL,
    device_id text NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    parent_hash text,
    until bigint NOT NULL,
    PRIMARY KEY (shop_id, token_hash)
);
CREATE INDEX token_device ON token (shop_id, device_id);

CREATE TABLE agent_pin (
    shop_id uuid NOT NULL,
    agent_id text NOT NULL,
    pin_hash text NOT NULL,
    wrong int NOT NULL,
    locked_until bigint NOT NULL,
    PRIMARY KEY (shop_id, agent_id)
);

CREATE TABLE agent_session (
    shop_id uuid NOT NULL,
    device_id text NOT NULL,
    agent_id text NOT NULL,
    began_at bigint NOT NULL,
    until bigint NOT NULL,
    PRIMARY KEY (shop_id, device_id, agent_id)
);

-- Rows of every table a desk shares. `phase` and `at` are the order of a snapshot: open tickets, then customers by
-- their last contact (negative, so that all of it ascends), then the rest.
CREATE TABLE entity (
    shop_id uuid NOT NULL,
    ent text NOT NULL,
    id text NOT NULL,
    phase smallint NOT NULL,
    at bigint NOT NULL,
    f jsonb NOT NULL,
    clk jsonb NOT NULL,
    tags jsonb,
    gone jsonb,
    erased smallint NOT NULL,
    changed_at bigint NOT NULL,
    PRIMARY KEY (shop_id, ent, id)
);
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
    shop_id uuid NOT NULL,
    ticket_id text NOT NULL,
    status text NOT NULL,
    topic text NOT NULL,
    rank_at bigint NOT NULL,
    holder text,
    device_id text,
    lease_until bigint NOT NULL,
    fence bigint,
    PRIMARY KEY (shop_id, ticket_id)
);
CREATE INDEX ticket_hold_queue ON ticket_hold (shop_id, status, rank_at, ticket_id);
CREATE INDEX ticket_hold_holder ON ticket_hold (shop_id, holder) WHERE holder IS NOT NULL;
CREATE INDEX ticket_hold_device ON ticket_hold (shop_id, device_id) WHERE device_id IS NOT NULL;

CREATE TABLE ticket_number (
    shop_id uuid NOT NULL,
    number bigint NOT NULL,
    ticket_id text NOT NULL,
    PRIMARY KEY (shop_id, number)
);

-- Words a customer is found by: the beginnings of names and the values of identities.
CREATE TABLE find (
    shop_id uuid NOT NULL,
    word text COLLATE "C" NOT NULL,
    ent text NOT NULL,
    id text NOT NULL,
    customer_id text NOT NULL,
    PRIMARY KEY (shop_id, word, ent, id)
);
CREATE INDEX find_row ON find (shop_id, ent, id);

CREATE TABLE op_log (
    shop_id uuid NOT NULL,
    seq bigint NOT NULL,
    month text COLLATE "C" NOT NULL,
    device_id text NOT NULL,
    agent_id text,
    op text NOT NULL,
    ent text NOT NULL,
    id text NOT NULL,
    body text NOT NULL,
    received_at bigint NOT NULL,
    PRIMARY KEY (shop_id, seq, month)
) PARTITION BY RANGE (month);
CREATE INDEX op_log_row ON op_log (shop_id, id);

-- What a device was told about its last numbers, to be told the same again.
CREATE TABLE answer (
    shop_id uuid NOT NULL,
    device_id text NOT NULL,
    n bigint NOT NULL,
    op text NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (shop_id, device_id, n)
);

CREATE TABLE field_history (
    shop_id uuid NOT NULL,
    ent text NOT NULL,
    id text NOT NULL,
    field text NOT NULL,
    op text NOT NULL,
    t bigint NOT NULL,
    device_id text NOT NULL,
    value jsonb,
    lost_at bigint NOT NULL,
    PRIMARY KEY (shop_id, ent, id, field, op)
);

CREATE TABLE snapshot (
    shop_id uuid NOT NULL,
    snapshot_id text NOT NULL,
    device_id text NOT NULL,
    seq0 bigint NOT NULL,
    began_at bigint NOT NULL,
    until bigint NOT NULL,
    PRIMARY KEY (shop_id, snapshot_id)
);

-- Who was erased, as a keyed hash: enough to erase them again after a backup was put back, and to know nobody by it.
CREATE TABLE erasure_ledger (
    shop_id uuid NOT NULL,
    erasure_id text NOT NULL,
    subject text NOT NULL,
    agent_id text,
    reason text NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (shop_id, erasure_id)
);

CREATE TABLE erasure_ack (
    shop_id uuid NOT NULL,
    erasure_id text NOT NULL,
    device_id text NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (shop_id, erasure_id, device_id)
);

-- Who did what with whose data. Each line holds the hash of the one before it.
CREATE TABLE access_log (
    shop_id uuid NOT NULL,
    n bigint NOT NULL,
    at bigint NOT NULL,
    device_id text NOT NULL,
    agent_id text,
    origin text NOT NULL,
    subject text NOT NULL,
    act text NOT NULL,
    reason text NOT NULL,
    before text NOT NULL,
    hash text NOT NULL,
    PRIMARY KEY (shop_id, n)
);

CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'lines of the access log are added and never changed'; END $$;
CREATE TRIGGER access_log_never BEFORE UPDATE OR DELETE OR TRUNCATE ON access_log
    FOR EACH STATEMENT EXECUTE FUNCTION never();

-- Row-level security: without a shop in the transaction there are no rows, and with one there are no others'.
DO $$
DECLARE
    named text;
BEGIN
    FOREACH named IN ARRAY ARRAY[
        'shop', 'store', 'shop_counter', 'device', 'enrol_code', 'token', 'agent_pin', 'agent_session', 'entity',
        'ticket_hold', 'ticket_number', 'find', 'op_log', 'answer', 'field_history', 'snapshot', 'erasure_ledger',
        'erasure_ack', 'access_log'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', named);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', named);
        EXECUTE format(
            'CREATE POLICY tenant ON %I USING (shop_id = nullif(current_setting(''cx.shop'', true), '''')::uuid) '
            'WITH CHECK (shop_id = nullif(current_setting(''cx.shop'', true), '''')::uuid)', named);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO cx_app', named);
    END LOOP;
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO cx_app', current_schema());
END $$;
REVOKE UPDATE, DELETE ON access_log FROM cx_app;
GRANT SELECT, INSERT, UPDATE ON server TO cx_app;
GRANT SELECT, INSERT, DELETE ON code_route TO cx_app;
