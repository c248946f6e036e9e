-- before
-- Business time. The offset counts only for sessions of a run with TRIAL_CLOCK=on.
create table clock (
    only_row boolean primary key default true check (only_row),
    ahead interval not null default '0'
);
insert into clock default values;

create function clock_now() returns timestamptz language plpgsql stable parallel safe
set search_path from current as $$
begin
    if current_setting('zaiseki.trial_clock', true) = 'on' then
        return now() + (select ahead from clock);
    end if;
    return now();
end
$$;
