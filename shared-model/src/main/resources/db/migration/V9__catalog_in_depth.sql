-- Protection by tags, masking policies and rules on names beside marks, and how far each database was read.

alter table protection_mark
    add column kind text not null default 'MARK' check (kind in ('MARK', 'TAG', 'POLICY', 'NAME')),
    add column value text not null default '*',
    add column objects text[] not null default '{}';
comment on column protection_mark.kind is
    'MARK: pattern is a column. TAG: pattern is a tag, value its value. POLICY: pattern is a masking policy. NAME: pattern is an RE2 expression on catalogued column names.';
comment on column protection_mark.pattern is 'As Snowflake stores the names; see kind.';
comment on column protection_mark.objects is 'NAME: the objects within which the rule holds; empty: all.';
drop index protection_mark_once;
create unique index protection_mark_once on protection_mark (coalesce(account, ''), kind, pattern, value, objects, category);

create table catalog_sync (
    account   text        not null,
    database  text        not null,
    seen_at   timestamptz not null,
    objects   int         not null default 0,
    changed   int         not null default 0,
    primary key (account, database)
);
comment on table catalog_sync is
    'Every object of that database that is not gone was there, unchanged, at that instant: one row instead of a write per object.';

grant select on catalog_sync to snowgate_gateway, snowgate_console;
grant insert, update (seen_at, objects, changed) on catalog_sync to snowgate_console;
grant insert (kind, value, objects) on protection_mark to snowgate_console;
