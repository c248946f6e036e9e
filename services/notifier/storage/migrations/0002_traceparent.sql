-- before
-- The span in which a mail was asked for (W3C Trace Context), where spans are on.
alter table mails add column traceparent text;
