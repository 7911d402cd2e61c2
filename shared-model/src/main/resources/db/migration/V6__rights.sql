-- What each program may do. Nothing is granted beyond this file; tests compare it with what the programs can do.

-- plpgsql, because the owner's history table is looked up at run time.
create function schema_version() returns int language plpgsql stable security definer set search_path = snowgate, pg_temp as $$
begin
    return (select max(h.version::int) from flyway_schema_history h where h.success and h.version is not null);
end $$;
comment on function schema_version() is 'Programs compare it with the version they were built for, at start. They never migrate.';

grant usage on schema snowgate to snowgate_gateway, snowgate_console;
grant execute on function schema_version() to snowgate_gateway, snowgate_console;
grant execute on function append_events(uuid, text) to snowgate_gateway, snowgate_console;

-- The gateway: sessions, statements, requests; everything of a review or a policy is read only.
grant select on agent_session, agent_token, agent_standing, statement, statement_transition, approval_request, approval_review,
    policy_version, policy_file, policy_active, catalog_version, catalog_object, protection_mark, gateway_replica, event_kind,
    result_page_fetch, result_page_head to snowgate_gateway;
grant insert (id, kind, account, dialect, agent, issuer, person_issuer, person_claim, groups, owners, client_name, client_version, network,
    opened_at, expires_at, last_seen_at, context, epoch, drifted, upstream, data_key, kek_id) on agent_session to snowgate_gateway;
grant insert on agent_token to snowgate_gateway;
grant update (expires_at, last_seen_at, closed_at, close_reason, context, epoch, drifted, gate_shared, gate_exclusive, upstream,
    data_key, kek_id, groups, client_name, client_version, network) on agent_session to snowgate_gateway;
grant update (expires_at, superseded_at, successor), delete on agent_token to snowgate_gateway;
grant insert on statement to snowgate_gateway;
grant update (async, state, title, shape, sealed_text, context, epoch, analysis, decision, effect, rule, reason, mask_plan, policy_version,
    catalog_version, statement_digest, upstream_query_id, decided_at, released_at, sent_at, started_at, ended_at, last_polled_at,
    expires_at, lease_owner, lease_until, error_code, sealed_error, sealed_reply, sealed_chunks, rows, bytes, masked_cells)
    on statement to snowgate_gateway;
grant insert (statement_id, session_id, agent, requester_person, requester_owners, requester_may_be_unknown, approver_group, rule, reason,
    facts, statement_digest, created_at, expires_at) on approval_request to snowgate_gateway;
-- The guard lets the gateway use up, expire or withdraw; a verdict needs a review, which it cannot write.
grant update (state, used_by, end_reason, superseded_by) on approval_request to snowgate_gateway;
grant insert on catalog_object, catalog_version to snowgate_gateway;
grant update (kind, body, seen_at, version, gone) on catalog_object to snowgate_gateway;
grant update (version) on catalog_version to snowgate_gateway;
grant insert, update, delete on gateway_replica to snowgate_gateway;
grant execute on function begin_page(uuid, int) to snowgate_gateway;
grant execute on function finish_page(uuid, int, bigint, bigint, bigint, boolean, bytea, bytea) to snowgate_gateway;
grant execute on function ensure_partitions(int) to snowgate_gateway;
grant execute on function next_catalog_version(text) to snowgate_gateway, snowgate_console;

-- The console: reads the recording, reviews, publishes. Not one secret of the upstream: name the columns, select * is refused.
grant select (id, kind, account, dialect, agent, issuer, person_issuer, person_claim, groups, owners, client_name, client_version, network,
    opened_at, expires_at, last_seen_at, closed_at, close_reason, context, epoch, drifted, gate_shared, gate_exclusive,
    data_key, kek_id, key_destroyed_at) on agent_session to snowgate_console;
grant select (id, session_id, account, agent, person_claim, dialect, request_id, request_digest, parent, child_index, describe_only, async,
    state, title, shape, sealed_text, sealed_bindings, bindings_digest, context, epoch, analysis, decision, effect, rule, reason, mask_plan,
    policy_version, catalog_version, statement_digest, upstream_request_id, upstream_query_id, received_at, decided_at, released_at, sent_at,
    started_at, ended_at, last_polled_at, expires_at, error_code, sealed_error, rows, bytes, masked_cells) on statement to snowgate_console;
grant select on agent_standing, statement_transition, approval_request, approval_review, event_kind, session_head, session_event,
    result_page, result_page_fetch, result_page_head, policy_version, policy_file, policy_active, catalog_version, catalog_object,
    protection_mark, gateway_replica to snowgate_console;
grant insert on agent_standing to snowgate_console;
grant update (suspended_at, suspended_by, reason) on agent_standing to snowgate_console;
grant insert (request_id, reviewer_person, reviewer_name, reviewer_groups, verdict, comment) on approval_review to snowgate_console;
grant insert (version, comment, created_by) on policy_version to snowgate_console;
grant update (comment, published_at, published_by) on policy_version to snowgate_console;
grant insert, update (text), delete on policy_file to snowgate_console;
grant insert (version, urgent), update (version, urgent, published_at) on policy_active to snowgate_console;
grant insert on catalog_object, catalog_version to snowgate_console;
grant update (kind, body, seen_at, version, gone) on catalog_object to snowgate_console;
grant update (version) on catalog_version to snowgate_console;
grant insert (account, pattern, category, source, created_by), delete on protection_mark to snowgate_console;
