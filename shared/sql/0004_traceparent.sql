-- before
-- The span in which a message was put (W3C Trace Context), where spans are on.
alter table outbox add column traceparent text;
