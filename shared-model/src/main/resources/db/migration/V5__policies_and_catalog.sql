-- Policy versions, the catalog, and the replicas that use them.

create table policy_version (
    version      bigint primary key check (version > 0),
    comment      text        not null default '',
    created_by   text        not null,
    created_at   timestamptz not null default now(),
    published_at timestamptz,
    published_by text,
    constraint publication_is_whole check ((published_at is null) = (published_by is null))
);
comment on table policy_version is 'Every version is kept: each decision names the version it was made by.';

create table policy_file (
    version bigint not null references policy_version,
    path    text   not null,
    text    text   not null,
    primary key (version, path)
);
comment on table policy_file is 'The files of a version, suites (*_test.yaml) included. Fixed once the version is published.';

create table policy_active (
    singleton    boolean primary key default true check (singleton),
    version      bigint      not null references policy_version,
    urgent       boolean     not null default false,
    published_at timestamptz not null default now()
);
comment on table policy_active is 'The one version in force. Without this row every statement is refused.';
comment on column policy_active.urgent is 'Re-decide everything that has not started yet.';

create function policy_version_guard() returns trigger language plpgsql as $$
begin
    if old.published_at is not null then
        raise exception 'a published policy version does not change' using errcode = 'SG014';
    end if;
    return new;
end $$;
create trigger policy_version_guard before update on policy_version for each row execute function policy_version_guard();

create function policy_file_guard() returns trigger language plpgsql as $$
declare
    touched bigint := case tg_op when 'DELETE' then old.version else new.version end;
begin
    -- The lock makes a change and a publication of the same version follow each other.
    perform from policy_version v where v.version = touched and v.published_at is null for share;
    if not found then
        raise exception 'the files of a published policy version do not change' using errcode = 'SG014';
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    return new;
end $$;
create trigger policy_file_guard before insert or update or delete on policy_file for each row execute function policy_file_guard();

create function policy_active_guard() returns trigger language plpgsql as $$
begin
    if not exists (select from policy_version v where v.version = new.version and v.published_at is not null) then
        raise exception 'only a published policy version comes into force' using errcode = 'SG014';
    end if;
    return new;
end $$;
create trigger policy_active_guard before insert or update on policy_active for each row execute function policy_active_guard();

create table catalog_version (
    account text primary key,
    version bigint not null check (version > 0)
);
comment on table catalog_version is 'Grows with every change of an account''s catalog; a replica reloads what is newer than its own.';

create function next_catalog_version(p_account text) returns bigint language sql as $$
    insert into catalog_version as c (account, version) values (p_account, 1)
    on conflict (account) do update set version = c.version + 1 returning version
$$;
comment on function next_catalog_version(text) is 'The version that this transaction''s changes carry; serialises writers of one account until commit.';

create table catalog_object (
    account  text        not null,
    database text        not null,
    schema   text        not null,
    name     text        not null,
    kind     text        not null,
    body     bytea       not null,
    seen_at  timestamptz not null,
    version  bigint      not null,
    gone     boolean     not null default false,
    primary key (account, database, schema, name)
);
comment on table catalog_object is 'One object of an account as last seen in Snowflake. Protection by marks is applied on top of it.';
comment on column catalog_object.body is 'Codec: CatalogObject.';
comment on column catalog_object.gone is 'Dropped in Snowflake; the row stays so that replicas learn of it.';
create index catalog_object_by_version on catalog_object (account, version);

create function catalog_guard() returns trigger language plpgsql as $$
begin
    if new.version < old.version then
        raise exception 'a catalog version never goes back' using errcode = 'SG010';
    end if;
    return new;
end $$;
create trigger catalog_version_guard before update on catalog_version for each row execute function catalog_guard();
create trigger catalog_object_guard before update on catalog_object for each row execute function catalog_guard();

create table protection_mark (
    id       bigint generated always as identity primary key,
    account  text,
    pattern  text not null,
    category text not null,
    source   text not null,
    created_by text not null default 'migrate',
    created_at timestamptz not null default now()
);
comment on table protection_mark is 'Which columns are protected. The gateway reads it and cannot weaken it.';
comment on column protection_mark.account is 'Null: every account.';
comment on column protection_mark.pattern is 'DATABASE.SCHEMA.OBJECT.COLUMN as Snowflake stores the names.';
create unique index protection_mark_once on protection_mark (coalesce(account, ''), pattern, category);

create table gateway_replica (
    id             uuid primary key,
    started_at     timestamptz not null default now(),
    last_seen_at   timestamptz not null default now(),
    policy_version bigint,
    policy_problem text,
    url            text        not null default ''
);
comment on table gateway_replica is 'Who serves, and by which policy version. For people; nothing is decided by it.';
comment on column gateway_replica.policy_problem is 'Why the version in force was not taken over, if it was not.';
