-- Requests for approval and the reviews that decide them. Four eyes, single use and expiry are kept here, not only in code.

create table approval_request (
    id                       bigint generated always as identity primary key,
    statement_id             uuid        not null references statement,
    session_id               uuid        not null references agent_session,
    agent                    text        not null,
    requester_person         text,
    requester_owners         text[]      not null default '{}',
    requester_may_be_unknown boolean     not null default false,
    approver_group           text        not null default '',
    rule                     text        not null,
    reason                   text        not null,
    facts                    bytea       not null,
    statement_digest         bytea       not null check (octet_length(statement_digest) = 32),
    created_at               timestamptz not null default now(),
    expires_at               timestamptz not null,
    state                    text        not null default 'PENDING'
        check (state in ('PENDING', 'APPROVED', 'USED', 'DENIED', 'EXPIRED', 'WITHDRAWN')),
    decided_at               timestamptz,
    decided_by               text,
    comment                  text,
    used_at                  timestamptz,
    used_by                  uuid        references statement,
    ended_at                 timestamptz,
    end_reason               text,
    superseded_by            bigint      references approval_request,
    constraint used_is_whole check ((state = 'USED') = (used_at is not null and used_by is not null))
);
comment on table approval_request is 'A request that a person approves or denies; people call it A-<id>. An approved request is a grant that can be used once.';
comment on column approval_request.requester_person is 'Claim of the person behind the agent; that person cannot review it.';
comment on column approval_request.requester_may_be_unknown is 'Set by a rule that says so: otherwise a request without person and owners cannot be approved.';
comment on column approval_request.approver_group is 'Group that a reviewer must belong to; empty text for every approver.';
comment on column approval_request.facts is 'Codec: what the reviewer is shown. Holds no literal and no binding.';
comment on column approval_request.statement_digest is 'What the approval covers; only a statement of the same digest can be released by it.';
comment on column approval_request.used_by is 'The statement that the grant released.';
comment on column approval_request.superseded_by is 'The request that replaced it because the reviewed facts changed.';
create unique index approval_request_live on approval_request (statement_id) where state in ('PENDING', 'APPROVED');
create index approval_request_pending on approval_request (expires_at) where state in ('PENDING', 'APPROVED');
create index approval_request_decided on approval_request (decided_at) where decided_at is not null;
create index approval_request_by_statement on approval_request (statement_id);
create index approval_request_by_user on approval_request (used_by) where used_by is not null;
create index approval_request_recent on approval_request (created_at desc);

create table approval_review (
    id              bigint generated always as identity primary key,
    request_id      bigint      not null references approval_request,
    reviewer_person text        not null check (btrim(reviewer_person) <> ''),
    reviewer_name   text        not null,
    reviewer_groups text[]      not null default '{}',
    verdict         text        not null check (verdict in ('APPROVE', 'DENY')),
    comment         text        not null default '',
    at              timestamptz not null default clock_timestamp()
);
comment on table approval_review is 'What a person said of a request. The insert decides the request in the same transaction, or is refused.';
create index approval_review_by_request on approval_review (request_id);

-- Runs with the owner's rights because the console may not touch requests in any other way.
create function approval_review_check() returns trigger language plpgsql security definer set search_path = snowgate, pg_temp as $$
declare
    request approval_request;
    reviewer text := lower(btrim(new.reviewer_person));
begin
    new.at := clock_timestamp();
    select * into request from approval_request r where r.id = new.request_id for update;
    if not found then
        raise exception 'there is no such request' using errcode = 'SG001';
    end if;
    if request.state <> 'PENDING' then
        raise exception 'the request is no longer pending' using errcode = 'SG002';
    end if;
    if request.expires_at <= new.at then
        raise exception 'the request has expired' using errcode = 'SG003';
    end if;
    if reviewer = lower(btrim(request.requester_person))
            or exists (select from unnest(request.requester_owners) o where lower(btrim(o)) = reviewer) then
        raise exception 'nobody reviews a request of their own' using errcode = 'SG004';
    end if;
    if new.verdict = 'APPROVE' and request.requester_person is null and cardinality(request.requester_owners) = 0
            and not request.requester_may_be_unknown then
        raise exception 'nobody can approve a request whose requester is unknown' using errcode = 'SG005';
    end if;
    if request.approver_group <> '' and not (request.approver_group = any (new.reviewer_groups)) then
        raise exception 'the reviewer does not belong to the group that approves' using errcode = 'SG006';
    end if;
    if new.verdict = 'DENY' and btrim(new.comment) = '' then
        raise exception 'a denial needs a comment' using errcode = 'SG007';
    end if;
    return new;
end $$;
create trigger approval_review_check before insert on approval_review for each row execute function approval_review_check();

create function approval_review_decides() returns trigger language plpgsql security definer set search_path = snowgate, pg_temp as $$
begin
    update approval_request
    set state = case new.verdict when 'APPROVE' then 'APPROVED' else 'DENIED' end,
        decided_at = new.at, decided_by = new.reviewer_person, comment = new.comment
    where id = new.request_id;
    return null;
end $$;
create trigger approval_review_decides after insert on approval_review for each row execute function approval_review_decides();

create function approval_request_guard() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if new.state <> 'PENDING' or new.decided_by is not null or new.used_by is not null then
            raise exception 'a request begins as PENDING' using errcode = 'SG010';
        end if;
        -- Who may not review is copied from the session; a request that says otherwise is a fault, not a request.
        if not exists (select from statement s join agent_session a on a.id = s.session_id
                where s.id = new.statement_id and s.session_id = new.session_id and s.statement_digest = new.statement_digest
                    and a.agent = new.agent and a.person_claim is not distinct from new.requester_person
                    and new.requester_owners @> a.owners) then
            raise exception 'a request speaks of its statement and names its session''s person and owners' using errcode = 'SG013';
        end if;
        return new;
    end if;
    if new.state = old.state then
        if (new.used_by, new.used_at, new.decided_by, new.decided_at) is distinct from (old.used_by, old.used_at, old.decided_by, old.decided_at) then
            raise exception 'only a change of state records who decided or used it' using errcode = 'SG010';
        end if;
        return new;
    end if;
    if (old.state, new.state) not in (('PENDING', 'APPROVED'), ('PENDING', 'DENIED'), ('PENDING', 'EXPIRED'), ('PENDING', 'WITHDRAWN'),
            ('APPROVED', 'USED'), ('APPROVED', 'EXPIRED'), ('APPROVED', 'WITHDRAWN')) then
        raise exception 'a request does not go from % to %', old.state, new.state using errcode = 'SG010';
    end if;
    -- A verdict exists only as a review, and only the console can write reviews.
    if new.state in ('APPROVED', 'DENIED') and not exists (select from approval_review v where v.request_id = new.id
            and v.reviewer_person = new.decided_by
            and v.verdict = case new.state when 'APPROVED' then 'APPROVE' else 'DENY' end) then
        raise exception 'a request is decided only by a review' using errcode = 'SG013';
    end if;
    if new.state = 'USED' then
        if old.expires_at <= clock_timestamp() then
            raise exception 'the approval has expired' using errcode = 'SG003';
        end if;
        if new.used_by is null or not exists (select from statement s
                where s.id = new.used_by and s.statement_digest = new.statement_digest and s.session_id = new.session_id) then
            raise exception 'an approval is used only by the statement that it covers' using errcode = 'SG013';
        end if;
        new.used_at := clock_timestamp();
    end if;
    if new.state = 'EXPIRED' and old.expires_at > clock_timestamp() then
        raise exception 'the request has not expired yet' using errcode = 'SG010';
    end if;
    if new.state in ('EXPIRED', 'WITHDRAWN', 'USED', 'DENIED') then
        new.ended_at := clock_timestamp();
    end if;
    return new;
end $$;
create trigger approval_request_guard before insert or update on approval_request for each row execute function approval_request_guard();
