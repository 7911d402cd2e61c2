-- Marks that a person sets in the console carry a reason; the last synchronisation of an account is told to people.

alter table protection_mark add column reason text not null default '';
comment on column protection_mark.reason is 'Why a person set the mark; empty for marks that came from a file.';
grant insert (reason) on protection_mark to snowgate_console;

create table catalog_sync_run (
    account    text        primary key,
    started_at timestamptz not null,
    started_by text        not null,
    databases  int         not null check (databases >= 0),
    done       int         not null default 0,
    reading    text        not null default '',
    changed    int         not null default 0,
    gone       int         not null default 0,
    ended_at   timestamptz,
    problem    text        not null default ''
);
comment on table catalog_sync_run is
    'The last run of an account, for people. Nothing is decided by it: what keeps two runs apart is an advisory lock.';
comment on column catalog_sync_run.reading is 'The database that is being read.';
comment on column catalog_sync_run.problem is 'A sentence for operators; empty if every database was read.';
grant select, insert, update on catalog_sync_run to snowgate_console;
