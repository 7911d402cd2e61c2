-- The recording: append-only, chained per session; pages of results chained per statement. Both partitioned by day (UTC).

create table event_kind (
    kind   text primary key,
    writer text not null check (writer in ('GATEWAY', 'CONSOLE'))
);
comment on table event_kind is 'Which program may append which kind of event. The Java enum EventKind is compared with it by a test.';
insert into event_kind (kind, writer) values
    ('SESSION_OPENED', 'GATEWAY'), ('SESSION_RENEWED', 'GATEWAY'), ('SESSION_DRIFTED', 'GATEWAY'), ('SESSION_CLOSED', 'GATEWAY'),
    ('CONTEXT_CHANGED', 'GATEWAY'), ('LOGIN_REFUSED', 'GATEWAY'), ('EXCHANGE_REFUSED', 'GATEWAY'),
    ('RECEIVED', 'GATEWAY'), ('DECIDED', 'GATEWAY'), ('REFUSED', 'GATEWAY'),
    ('HELD', 'GATEWAY'), ('POLLED', 'GATEWAY'), ('SUPERSEDED', 'GATEWAY'), ('RELEASED', 'GATEWAY'), ('DENIED', 'GATEWAY'),
    ('EXPIRED', 'GATEWAY'), ('ABANDONED', 'GATEWAY'), ('CANCELLED', 'GATEWAY'),
    ('SENT', 'GATEWAY'), ('STARTED', 'GATEWAY'), ('EXECUTED', 'GATEWAY'), ('RETURNED', 'GATEWAY'), ('WITHHELD', 'GATEWAY'), ('FAILED', 'GATEWAY'),
    ('OUTCOME_UNKNOWN', 'GATEWAY'), ('REREAD', 'GATEWAY'), ('PAGES_DELIVERED', 'GATEWAY'), ('CATALOG_CHANGED', 'GATEWAY'),
    ('REVIEWED', 'CONSOLE'), ('VIEWED', 'CONSOLE'), ('UNMASKED', 'CONSOLE'), ('EXPORTED', 'CONSOLE'),
    ('POLICY_SAVED', 'CONSOLE'), ('POLICY_PUBLISHED', 'CONSOLE'), ('AGENT_SUSPENDED', 'CONSOLE'), ('AGENT_RESUMED', 'CONSOLE'),
    ('CATALOG_SYNCED', 'CONSOLE'), ('PROTECTION_CHANGED', 'CONSOLE');

create table session_head (
    session_id uuid primary key references agent_session,
    seq        bigint not null default 0,
    link       bytea  not null check (octet_length(link) = 32)
);
comment on table session_head is
    'The end of each session''s chain. A table of its own, so that appending waits for nobody who updates the session, and so that no program can write it.';

create table session_event (
    session_id   uuid        not null,
    seq          bigint      not null,
    at           timestamptz not null,
    kind         text        not null,
    statement_id uuid,
    actor        text        not null,
    body         bytea       not null,
    sealed       bytea,
    digest       bytea       not null check (octet_length(digest) = 32),
    link         bytea       not null check (octet_length(link) = 32),
    primary key (session_id, seq, at)
) partition by range (at);
comment on table session_event is 'Append-only. No program has INSERT, UPDATE, DELETE or TRUNCATE: append_events is the only way in.';
comment on column session_event.body is 'Canonical JSON of the whole event, this row''s other facts included; the chain covers it.';
comment on column session_event.sealed is 'Values, sealed with the session''s data key.';
comment on column session_event.digest is 'sha256(body || sha256(sealed)), of the cipher text: destroying the key leaves the chain whole.';
comment on column session_event.link is 'sha256(previous link || sequence as 8 bytes, big end first || digest); the first previous link is sha256(session id as 16 bytes).';
create table session_event_other partition of session_event default;
comment on table session_event_other is 'Takes what no day''s partition takes, so that recording never fails for want of a partition.';
create index session_event_by_statement on session_event (statement_id, seq) where statement_id is not null;
create index session_event_by_time on session_event (at);

create function open_session_chain() returns trigger language plpgsql security definer set search_path = snowgate, pg_temp as $$
begin
    insert into session_head (session_id, seq, link) values (new.id, 0, sha256(uuid_send(new.id)));
    return null;
end $$;
create trigger open_session_chain after insert on agent_session for each row execute function open_session_chain();

create function append_events(p_session uuid, p_events text) returns table (last_seq bigint, last_link bytea)
    language plpgsql security definer set search_path = snowgate, pg_temp as $$
declare
    head session_head;
    event record;
    program text := case session_user when 'snowgate_gateway' then 'GATEWAY' when 'snowgate_console' then 'CONSOLE' end;
    appended int := 0;
begin
    select * into head from session_head h where h.session_id = p_session for update;
    if not found then
        raise exception 'there is no such session' using errcode = 'SG012';
    end if;
    for event in
        select e.value ->> 'kind' as kind, (e.value ->> 'at')::timestamptz as at, (e.value ->> 'statement')::uuid as statement,
               e.value ->> 'actor' as actor, decode(e.value ->> 'body', 'base64') as body,
               decode(e.value ->> 'sealed', 'base64') as sealed, decode(e.value ->> 'digest', 'base64') as digest
        from json_array_elements(p_events::json) with ordinality e(value, place) order by e.place
    loop
        if not exists (select from event_kind k where k.kind = event.kind and k.writer = program) then
            raise exception 'this program does not record events of this kind' using errcode = 'SG011';
        end if;
        head.seq := head.seq + 1;
        head.link := sha256(head.link || int8send(head.seq) || event.digest);
        insert into session_event (session_id, seq, at, kind, statement_id, actor, body, sealed, digest, link)
        values (p_session, head.seq, event.at, event.kind, event.statement, event.actor, event.body, event.sealed, event.digest, head.link);
        appended := appended + 1;
    end loop;
    if appended = 0 then
        raise exception 'there is no event to append' using errcode = 'SG011';
    end if;
    update session_head h set seq = head.seq, link = head.link where h.session_id = p_session;
    return query select head.seq, head.link;
end $$;
comment on function append_events(uuid, text) is
    'Appends events in one round trip. p_events: JSON array of {kind, at, statement?, actor, body, sealed?, digest}, bytes in base64 (one text parameter binds alike in JDBC and R2DBC). Call it last in a transaction: it holds the session''s head until commit.';

create table result_page_fetch (
    statement_id uuid        not null references statement,
    page         int         not null check (page >= 0),
    first_at     timestamptz not null default clock_timestamp(),
    last_at      timestamptz not null default clock_timestamp(),
    count        int         not null default 1,
    primary key (statement_id, page)
);
comment on table result_page_fetch is 'That a page was begun, durable before its first byte leaves, and how often. Without a complete result_page it was cut.';

create table result_page_head (
    statement_id uuid primary key references statement,
    seq          int   not null,
    link         bytea not null
);
comment on table result_page_head is 'The end of each statement''s chain of pages. Apart from the statement, so that parallel chunks wait for nothing else.';

create table result_page (
    statement_id uuid        not null,
    seq          int         not null,
    page         int         not null,
    at           timestamptz not null,
    rows         bigint      not null,
    bytes        bigint      not null,
    masked_cells bigint      not null,
    complete     boolean     not null,
    digest       bytea       not null check (octet_length(digest) = 32),
    link         bytea       not null check (octet_length(link) = 32),
    sealed       bytea,
    primary key (statement_id, seq, at)
) partition by range (at);
comment on table result_page is 'Append-only: pages as the agent saw them. Page 0 is the inline part. finish_page is the only way in.';
comment on column result_page.seq is 'Place in the chain: the order in which pages were finished.';
comment on column result_page.complete is 'false: the client went away or the stream was cut before the last row.';
comment on column result_page.digest is 'HMAC of the page under the session''s data key: proves the page while the key exists, tells nothing after.';
comment on column result_page.link is
    'sha256(previous link || seq (8 bytes) || page (4) || rows (8) || bytes (8) || masked cells (8) || complete (1) || digest), big end first; the first previous link is sha256(statement id as 16 bytes).';
comment on column result_page.sealed is 'The page, compressed and sealed, where the policy keeps it.';
create table result_page_other partition of result_page default;

create function begin_page(p_statement uuid, p_page int) returns int
    language sql security definer set search_path = snowgate, pg_temp as $$
    insert into result_page_fetch as f (statement_id, page) values (p_statement, p_page)
    on conflict (statement_id, page) do update set count = f.count + 1, last_at = clock_timestamp()
    returning count
$$;
comment on function begin_page(uuid, int) is 'Notes that a page is about to be sent; returns how often it was asked for.';

create function finish_page(p_statement uuid, p_page int, p_rows bigint, p_bytes bigint, p_masked_cells bigint, p_complete boolean,
        p_digest bytea, p_sealed bytea) returns bytea
    language plpgsql security definer set search_path = snowgate, pg_temp as $$
declare
    head result_page_head;
    known bytea;
begin
    if not exists (select from result_page_fetch f where f.statement_id = p_statement and f.page = p_page) then
        raise exception 'a page is begun before it is finished' using errcode = 'SG012';
    end if;
    insert into result_page_head (statement_id, seq, link) values (p_statement, 0, sha256(uuid_send(p_statement))) on conflict do nothing;
    select * into head from result_page_head h where h.statement_id = p_statement for update;
    -- The same page fetched twice is recorded once; a page of the same number with other content is recorded again.
    select p.link into known from result_page p where p.statement_id = p_statement and p.page = p_page and p.digest = p_digest and p.complete;
    if known is not null then
        return known;
    end if;
    head.seq := head.seq + 1;
    head.link := sha256(head.link || int8send(head.seq) || int4send(p_page) || int8send(p_rows) || int8send(p_bytes)
        || int8send(p_masked_cells) || case when p_complete then '\x01'::bytea else '\x00'::bytea end || p_digest);
    insert into result_page (statement_id, seq, page, at, rows, bytes, masked_cells, complete, digest, link, sealed)
    values (p_statement, head.seq, p_page, clock_timestamp(), p_rows, p_bytes, p_masked_cells, p_complete, p_digest, head.link, p_sealed);
    update result_page_head h set seq = head.seq, link = head.link where h.statement_id = p_statement;
    return head.link;
end $$;
comment on function finish_page(uuid, int, bigint, bigint, bigint, boolean, bytea, bytea) is
    'Appends a page to its statement''s chain, before its last byte leaves; returns the link.';

create function ensure_partitions(p_days int) returns int
    language plpgsql security definer set search_path = snowgate, pg_temp set lock_timeout = '5s' set timezone = 'UTC' as $$
declare
    day date;
    parent text;
    made int := 0;
begin
    if p_days < 0 or p_days > 366 then
        raise exception 'partitions are made for at most a year' using errcode = 'SG012';
    end if;
    perform pg_advisory_xact_lock(hashtext('snowgate.ensure_partitions'));
    for day in select generate_series(current_date - 1, current_date + p_days, interval '1 day')::date loop
        foreach parent in array array['session_event', 'result_page'] loop
            if to_regclass(format('snowgate.%I', parent || '_' || to_char(day, 'YYYYMMDD'))) is null then
                begin
                    execute format('create table snowgate.%I partition of snowgate.%I for values from (%L) to (%L)',
                        parent || '_' || to_char(day, 'YYYYMMDD'), parent, day::timestamptz, (day + 1)::timestamptz);
                    made := made + 1;
                exception when check_violation then
                    -- Rows of that day are already in the default partition: they stay there, and so does the day.
                    raise notice 'the day % stays in the default partition of %', day, parent;
                end;
            end if;
        end loop;
    end loop;
    return made;
end $$;
comment on function ensure_partitions(int) is 'Makes the partitions from yesterday to that many days ahead; called by the migration and daily by the gateway.';
select ensure_partitions(14);

-- Two chains that always exist: for events before or outside any session.
insert into agent_session (id, kind, account, agent, issuer, expires_at) values
    ('00000000-0000-8000-8000-000000000001', 'DOOR', '', 'gateway', '', 'infinity'),
    ('00000000-0000-8000-8000-000000000002', 'CONSOLE', '', 'console', '', 'infinity');
