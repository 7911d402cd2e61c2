-- What sessions have read of protected columns: policies are stricter on them.

create table session_read (
    session_id uuid not null references agent_session,
    category   text not null check (category <> ''),
    at         timestamptz not null default now(),
    primary key (session_id, category)
);
comment on table session_read is
    'Categories of protected columns that statements of a session read, each once. Written before the first such statement is sent, so that every replica judges the next one by it; never removed.';

grant select, insert on session_read to snowgate_gateway;
grant select on session_read to snowgate_console;
