-- Sessions of agents, their tokens and the standing of agents.
-- Everything lives in the schema snowgate, owned by snowgate_owner. Rights of the two programs are in the last migration.
-- SQLSTATEs of class SG are ours; the Java class SqlStates lists them.

-- Functions are callable by nobody unless granted: several of them run with the owner's rights.
alter default privileges revoke execute on functions from public;

create table agent_session (
    id              uuid primary key,
    kind            text        not null default 'AGENT' check (kind in ('AGENT', 'DOOR', 'CONSOLE')),
    account         text        not null,
    dialect         text        check (dialect in ('DRIVER', 'SQL_API')),
    agent           text        not null,
    issuer          text        not null,
    person_issuer   text,
    person_claim    text,
    groups          text[]      not null default '{}',
    owners          text[]      not null default '{}',
    client_name     text        not null default '',
    client_version  text        not null default '',
    network         text        not null default '',
    opened_at       timestamptz not null default now(),
    expires_at      timestamptz not null,
    last_seen_at    timestamptz not null default now(),
    closed_at       timestamptz,
    close_reason    text,
    context         bytea,
    epoch           bigint      not null default 0 check (epoch >= 0),
    drifted         boolean     not null default false,
    gate_shared     int         not null default 0 check (gate_shared >= 0),
    gate_exclusive  uuid,
    upstream        bytea,
    data_key        bytea,
    kek_id          text,
    key_destroyed_at timestamptz,
    constraint person_is_whole check ((person_issuer is null) = (person_claim is null)),
    constraint key_is_whole check ((data_key is null) = (kek_id is null)),
    -- An agent's session without a key could only store its values in clear.
    constraint agents_have_keys check (kind <> 'AGENT' or data_key is not null or key_destroyed_at is not null),
    constraint agents_have_contexts check (kind <> 'AGENT' or (context is not null and dialect is not null)),
    constraint gate_is_shared_or_exclusive check (gate_exclusive is null or gate_shared = 0)
);
comment on table agent_session is
    'The identity of an agent''s session; tokens are versions of it. Truth for every replica: there is no other copy.';
comment on column agent_session.kind is
    'AGENT: opened by an agent. DOOR: events that belong to no session (refused log-ins, unknown paths). CONSOLE: events of the console that concern no session.';
comment on column agent_session.person_claim is
    'The human being behind the agent, after the configured mapping: equal in all issuers. The four-eyes rule compares this value.';
comment on column agent_session.owners is 'Claims of the people who own an agent without a person; they cannot approve its requests.';
comment on column agent_session.context is 'Codec: SessionContext in force; its epoch is repeated in the column epoch.';
comment on column agent_session.epoch is 'Grows by one whenever the context changes; a cleared statement of another epoch is judged again.';
comment on column agent_session.drifted is 'The upstream context differs from the one expected; only USE with full names and log-out are accepted.';
comment on column agent_session.gate_shared is 'Statements now running that leave the context alone.';
comment on column agent_session.gate_exclusive is 'The one statement now running that changes the context, if any.';
comment on column agent_session.upstream is 'Sealed: tokens and id of the upstream session, so that any replica can serve any call.';
comment on column agent_session.data_key is 'The session''s data key, wrapped. Destroying it erases every value of the session without breaking the chain.';
comment on column agent_session.kek_id is 'Which key-encryption key wrapped the data key.';
create index agent_session_by_agent on agent_session (agent, opened_at desc);
create index agent_session_open on agent_session (last_seen_at desc) where closed_at is null;
create index agent_session_by_opening on agent_session (opened_at desc);

create function agent_session_guard() returns trigger language plpgsql as $$
begin
    if new.epoch < old.epoch then
        raise exception 'the epoch of a session never goes back' using errcode = 'SG010';
    end if;
    if old.closed_at is not null and (new.closed_at is distinct from old.closed_at) then
        raise exception 'a closed session stays closed' using errcode = 'SG010';
    end if;
    return new;
end $$;
create trigger agent_session_guard before update on agent_session for each row execute function agent_session_guard();

create table agent_token (
    hash          bytea primary key check (octet_length(hash) = 32),
    session_id    uuid        not null references agent_session,
    kind          text        not null check (kind in ('SESSION', 'MASTER', 'BEARER')),
    generation    int         not null default 0,
    issued_at     timestamptz not null default now(),
    expires_at    timestamptz not null,
    superseded_at timestamptz,
    successor     bytea
);
comment on table agent_token is 'Tokens that we gave to agents. Only SHA-256 is stored: a copy of the database opens no session.';
comment on column agent_token.kind is 'SESSION and MASTER: made by us for drivers. BEARER: hash of the identity provider''s token that an SQL API agent sends.';
comment on column agent_token.successor is 'Sealed: the pair of tokens that the renewal of this one gave, so that a parallel renewal gets the same pair.';
create index agent_token_by_session on agent_token (session_id);
create index agent_token_by_expiry on agent_token (expires_at);

create table agent_standing (
    agent        text primary key,
    suspended_at timestamptz,
    suspended_by text,
    reason       text,
    constraint suspension_is_whole check ((suspended_at is null) = (suspended_by is null))
);
comment on table agent_standing is 'The kill switch: written by the console, read with every token look-up. The agent * stands for all agents.';
