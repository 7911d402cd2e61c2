-- The ledger of statements: one row per statement, its state machine kept by the database.

create table statement (
    id                  uuid primary key,
    session_id          uuid        not null references agent_session,
    account             text        not null,
    agent               text        not null,
    person_claim        text,
    dialect             text        not null check (dialect in ('DRIVER', 'SQL_API')),
    request_id          text,
    request_digest      bytea,
    parent              uuid        references statement,
    child_index         int,
    describe_only       boolean     not null default false,
    async               boolean     not null default false,
    state               text        not null default 'RECEIVED',
    title               text,
    shape               text        not null default '',
    sealed_text         bytea,
    sealed_bindings     bytea,
    bindings_digest     bytea,
    context             bytea       not null,
    epoch               bigint      not null,
    analysis            bytea,
    decision            bytea,
    effect              text        check (effect in ('ALLOW', 'REQUIRE_APPROVAL', 'DENY')),
    rule                text,
    reason              text,
    mask_plan           bytea,
    policy_version      bigint,
    catalog_version     bigint,
    statement_digest    bytea       check (octet_length(statement_digest) = 32),
    upstream_request_id uuid        unique,
    upstream_query_id   text,
    received_at         timestamptz not null default now(),
    decided_at          timestamptz,
    released_at         timestamptz,
    sent_at             timestamptz,
    started_at          timestamptz,
    ended_at            timestamptz,
    last_polled_at      timestamptz,
    expires_at          timestamptz,
    lease_owner         uuid,
    lease_until         timestamptz,
    error_code          text,
    sealed_error        bytea,
    sealed_reply        bytea,
    sealed_chunks       bytea,
    rows                bigint,
    bytes               bigint,
    masked_cells        bigint,
    constraint statement_state check (state in ('RECEIVED', 'CLEARED', 'HELD', 'RELEASED', 'SENT', 'STARTED',
        'SUCCEEDED', 'FAILED', 'REFUSED', 'DENIED', 'EXPIRED', 'CANCELLED', 'ABANDONED', 'OUTCOME_UNKNOWN')),
    constraint child_is_whole check ((parent is null) = (child_index is null)),
    -- Both are made when the request arrives: a repeat is recognised, and nothing is ever sent under a second id.
    constraint requests_are_identified check (parent is not null
        or (request_id is not null and request_digest is not null and upstream_request_id is not null)),
    constraint only_allowed_is_cleared check (state <> 'CLEARED' or effect = 'ALLOW' or describe_only or parent is not null),
    constraint held_is_to_be_approved check (state <> 'HELD' or (effect = 'REQUIRE_APPROVAL' and expires_at is not null
        and statement_digest is not null and not describe_only)),
    constraint sent_was_decided check (state not in ('CLEARED', 'RELEASED', 'SENT', 'STARTED', 'SUCCEEDED') or parent is not null
        or (effect in ('ALLOW', 'REQUIRE_APPROVAL') and decision is not null and mask_plan is not null)),
    constraint started_has_an_upstream_id check (state <> 'STARTED' or upstream_query_id is not null)
);
comment on table statement is 'One row per statement. The id is the query id that an agent sees until the upstream one exists.';
comment on column statement.request_id is 'The client''s request id; with the session (driver) or the principal (SQL API) it recognises a repeat.';
comment on column statement.request_digest is 'SHA-256 of text, bindings and parameters: the same request id with another digest is refused.';
comment on column statement.parent is 'The request of several statements that this one belongs to.';
comment on column statement.shape is 'The executed text with literals replaced by numbered placeholders: safe in clear.';
comment on column statement.sealed_text is 'Sealed: original text, executed text and literals.';
comment on column statement.sealed_bindings is 'Sealed: bindings as received.';
comment on column statement.context is 'Codec: the SessionContext that the statement was judged in.';
comment on column statement.analysis is 'Codec: the analysis, without any literal of the text.';
comment on column statement.decision is 'Codec: RecordedDecision. For display and proof of history; it clears nothing.';
comment on column statement.mask_plan is 'Codec: MaskPlan of this statement''s result; fixed once the statement was sent.';
comment on column statement.statement_digest is 'What an approval covers: text, bindings, principal, context and the reviewed facts.';
comment on column statement.upstream_request_id is 'Made once, durable before the first byte goes upstream; every attempt to learn the outcome uses it.';
comment on column statement.last_polled_at is 'Written in batches; a synchronous held statement nobody asks for is abandoned.';
comment on column statement.lease_owner is 'Replica that executes it; losing the lease never sends it again.';
comment on column statement.sealed_reply is 'Sealed: the reply as the agent saw it, for repeats and polls.';
comment on column statement.sealed_chunks is 'Sealed: addresses and headers of the upstream''s chunks.';
create unique index statement_driver_request on statement (session_id, request_id) where dialect = 'DRIVER' and parent is null;
create unique index statement_sql_api_request on statement (account, agent, coalesce(person_claim, ''), request_id)
    where dialect = 'SQL_API' and parent is null;
create index statement_by_upstream_id on statement (upstream_query_id) where upstream_query_id is not null;
create unique index statement_child on statement (parent, child_index) where parent is not null;
create index statement_by_session on statement (session_id, received_at);
create index statement_by_agent on statement (agent, received_at desc);
create index statement_recent on statement (received_at desc);
create index statement_alive on statement (state, expires_at) where state in ('RECEIVED', 'CLEARED', 'HELD', 'RELEASED', 'SENT', 'STARTED');

create table statement_transition (
    from_state text not null,
    to_state   text not null,
    primary key (from_state, to_state)
);
comment on table statement_transition is 'The legal steps of a statement''s life. What is not here is refused by the trigger statement_guard.';
insert into statement_transition (from_state, to_state) values
    ('RECEIVED', 'CLEARED'), ('RECEIVED', 'HELD'), ('RECEIVED', 'REFUSED'), ('RECEIVED', 'FAILED'), ('RECEIVED', 'CANCELLED'),
    -- judged again before it was sent (other epoch, urgent policy, kill switch): stricter wins
    ('CLEARED', 'HELD'), ('CLEARED', 'REFUSED'), ('CLEARED', 'FAILED'), ('CLEARED', 'CANCELLED'), ('CLEARED', 'SENT'),
    ('HELD', 'RELEASED'), ('HELD', 'REFUSED'), ('HELD', 'DENIED'), ('HELD', 'EXPIRED'), ('HELD', 'CANCELLED'), ('HELD', 'ABANDONED'),
    ('HELD', 'FAILED'),
    ('RELEASED', 'HELD'), ('RELEASED', 'REFUSED'), ('RELEASED', 'FAILED'), ('RELEASED', 'EXPIRED'), ('RELEASED', 'CANCELLED'),
    ('RELEASED', 'ABANDONED'), ('RELEASED', 'SENT'),
    ('SENT', 'STARTED'), ('SENT', 'SUCCEEDED'), ('SENT', 'FAILED'), ('SENT', 'CANCELLED'), ('SENT', 'OUTCOME_UNKNOWN'),
    ('STARTED', 'SUCCEEDED'), ('STARTED', 'FAILED'), ('STARTED', 'CANCELLED'), ('STARTED', 'OUTCOME_UNKNOWN');

create function statement_guard() returns trigger language plpgsql as $$
declare
    parent_state text;
begin
    if tg_op = 'INSERT' then
        if new.parent is null then
            if new.state not in ('RECEIVED', 'CLEARED', 'HELD', 'REFUSED') then
                raise exception 'a statement does not begin as %', new.state using errcode = 'SG010';
            end if;
        else
            -- Children come into being with their parent's execution, never on their own.
            select s.state into parent_state from statement s where s.id = new.parent and s.session_id = new.session_id;
            if parent_state is null or (parent_state not in ('SENT', 'STARTED', 'SUCCEEDED', 'FAILED')
                    and new.state in ('SENT', 'STARTED', 'SUCCEEDED', 'FAILED')) then
                raise exception 'a child statement runs only within its sent parent' using errcode = 'SG010';
            end if;
        end if;
        return new;
    end if;
    if new.state <> old.state then
        if not exists (select from statement_transition t where t.from_state = old.state and t.to_state = new.state) then
            raise exception 'a statement does not go from % to %', old.state, new.state using errcode = 'SG010';
        end if;
        if new.state = 'RELEASED' and not exists (select from approval_request r
                where (r.statement_id = new.id or r.used_by = new.id) and r.state in ('APPROVED', 'USED')
                    and r.statement_digest = new.statement_digest) then
            raise exception 'a held statement is released only by an approval of exactly this statement' using errcode = 'SG013';
        end if;
        if old.state = 'RELEASED' and new.state = 'SENT' and not exists (select from approval_request r
                where r.used_by = new.id and r.state = 'USED' and r.statement_digest = new.statement_digest) then
            raise exception 'a released statement is sent only with its grant used up' using errcode = 'SG013';
        end if;
        if new.parent is not null and new.state in ('SENT', 'STARTED', 'SUCCEEDED') and not exists (select from statement s
                where s.id = new.parent and s.state in ('SENT', 'STARTED', 'SUCCEEDED', 'FAILED')) then
            raise exception 'a child statement runs only within its sent parent' using errcode = 'SG010';
        end if;
    end if;
    if old.state not in ('RECEIVED', 'CLEARED', 'HELD', 'RELEASED')
            and (new.effect, new.rule, new.decision, new.mask_plan, new.statement_digest, new.sealed_text, new.context, new.policy_version)
                is distinct from
                (old.effect, old.rule, old.decision, old.mask_plan, old.statement_digest, old.sealed_text, old.context, old.policy_version) then
        raise exception 'what was decided of a statement is fixed once it was sent or has ended' using errcode = 'SG014';
    end if;
    return new;
end $$;
create trigger statement_guard before insert or update on statement for each row execute function statement_guard();
