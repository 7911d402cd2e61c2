-- The two steps of an ordinary statement that need several looks at the database, each as one call: a round trip costs more than the
-- work. Both run with the caller's own rights, so every grant, trigger and constraint holds as if the caller had done it step by step.

create function admit_statement(p_id uuid, p_session uuid, p_gated boolean, p_alone boolean, p_epoch bigint, p_replica uuid,
        p_lease_millis bigint, p_at timestamptz, p_analysis bytea, p_decision bytea, p_effect text, p_rule text, p_reason text,
        p_mask_plan bytea, p_shape text, p_title text, p_sealed_text bytea, p_context bytea, p_policy_version bigint,
        p_catalog_version bigint, p_first_events text, p_later_events text)
    returns table (outcome text, context_now bytea, epoch_now bigint, owner_session uuid)
    language plpgsql set search_path = snowgate, pg_temp as $$
declare
    opened record;
    found_row record;
begin
    -- Read only after the lock was given: each command in here sees what is committed by then.
    if p_gated then
        select a.context, a.epoch, a.closed_at, a.gate_exclusive, a.agent into opened
        from agent_session a where a.id = p_session for no key update;
    else
        select a.context, a.epoch, a.closed_at, a.gate_exclusive, a.agent into opened from agent_session a where a.id = p_session;
    end if;
    if opened is null or opened.closed_at is not null then
        return query select 'GONE', null::bytea, null::bigint, null::uuid;
        return;
    end if;
    if exists (select from agent_standing t where t.agent in (opened.agent, '*') and t.suspended_at is not null) then
        return query select 'SUSPENDED', null::bytea, null::bigint, null::uuid;
        return;
    end if;
    if p_gated and opened.epoch <> p_epoch then
        return query select 'CONTEXT_CHANGED', opened.context, opened.epoch, null::uuid;
        return;
    end if;
    if p_gated and exists (select from statement s where s.session_id = p_session and s.state in ('SENT', 'STARTED')
            and not s.describe_only and s.parent is null and (p_alone or s.id = opened.gate_exclusive)) then
        return query select 'BUSY', null::bytea, null::bigint, null::uuid;
        return;
    end if;
    select s.state, s.session_id, s.decided_at into found_row from statement s where s.id = p_id for update;
    if found_row.state = 'HELD' then
        return query select 'HELD', null::bytea, null::bigint, found_row.session_id;
        return;
    end if;
    if found_row is null or found_row.state not in ('RECEIVED', 'CLEARED', 'RELEASED') then
        return query select 'SUPERSEDED', null::bytea, null::bigint, null::uuid;
        return;
    end if;
    if found_row.session_id <> p_session then
        -- What the caller sealed and encoded is of another session: it has to be made for the statement's own.
        return query select 'OTHER_SESSION', null::bytea, null::bigint, found_row.session_id;
        return;
    end if;
    update statement set analysis = p_analysis, decision = p_decision, effect = p_effect, rule = p_rule, reason = p_reason,
        mask_plan = p_mask_plan, shape = p_shape, title = p_title, sealed_text = p_sealed_text, context = p_context, epoch = p_epoch,
        policy_version = p_policy_version, catalog_version = p_catalog_version, decided_at = coalesce(decided_at, p_at),
        state = case state when 'RECEIVED' then 'CLEARED' else state end
    where id = p_id;
    update statement set state = 'SENT', sent_at = p_at, lease_owner = p_replica,
        lease_until = clock_timestamp() + p_lease_millis * interval '1 millisecond'
    where id = p_id;
    if p_gated and p_alone then
        update agent_session set gate_exclusive = p_id where id = p_session;
    end if;
    perform append_events(p_session, case when found_row.decided_at is null then p_first_events else p_later_events end);
    return query select 'ADMITTED', null::bytea, null::bigint, null::uuid;
end $$;
comment on function admit_statement(uuid, uuid, boolean, boolean, bigint, uuid, bigint, timestamptz, bytea, bytea, text, text, text, bytea,
        text, text, bytea, bytea, bigint, bigint, text, text) is
    'Admission as one call: under the session''s lock the epoch, the gate and the statement''s own state are checked, then what was decided is stored, the statement marked sent and the events appended. Any other outcome has changed nothing.';

create function return_first_page(p_id uuid, p_session uuid, p_at timestamptz, p_rows bigint, p_inline_rows bigint, p_bytes bigint,
        p_masked_cells bigint, p_digest bytea, p_sealed bytea, p_root bytea, p_events text) returns boolean
    language plpgsql set search_path = snowgate, pg_temp as $$
declare
    found_row record;
begin
    select s.describe_only, s.state into found_row from statement s where s.id = p_id and s.session_id = p_session for update;
    if found_row is null or exists (select from result_page_fetch f where f.statement_id = p_id) then
        return false;
    end if;
    perform begin_page(p_id, 0);
    if finish_page(p_id, 0, p_inline_rows, p_bytes, p_masked_cells, true, p_digest, p_sealed) is distinct from p_root then
        raise exception 'the page does not begin its chain' using errcode = 'SG012';
    end if;
    update statement set rows = p_rows, bytes = coalesce(bytes, p_bytes), masked_cells = coalesce(masked_cells, p_masked_cells),
        -- A describe ends here: there is nothing to run.
        state = case when describe_only and state in ('SENT', 'STARTED') then 'SUCCEEDED' else state end,
        ended_at = case when describe_only and state in ('SENT', 'STARTED') then p_at else ended_at end,
        lease_until = case when describe_only and state in ('SENT', 'STARTED') then null else lease_until end
    where id = p_id;
    perform append_events(p_session, p_events);
    return true;
end $$;
comment on function return_first_page(uuid, uuid, timestamptz, bigint, bigint, bigint, bigint, bytea, bytea, bytea, text) is
    'Records the first page of a result as one call; false, with nothing changed, if a page of it was begun before.';

grant execute on function admit_statement(uuid, uuid, boolean, boolean, bigint, uuid, bigint, timestamptz, bytea, bytea, text, text, text,
    bytea, text, text, bytea, bytea, bigint, bigint, text, text) to snowgate_gateway;
grant execute on function return_first_page(uuid, uuid, timestamptz, bigint, bigint, bigint, bigint, bytea, bytea, bytea, text)
    to snowgate_gateway;
