"""Expires, empties and deletes mails in time, and queues mails whose key has become available.

Expired mails are never sent anyway; this only cleans up.
"""

from prometheus_client import Counter

from services.notifier.flows.context import Context
from services.notifier.storage import forgotten, mails
from shared.crypto import KeyMissing
from shared.logging import get_logger

log = get_logger("mail_retention")

EXPIRED = Counter("zaiseki_mails_expired", "Mails given up because their contents had expired")


async def tidy(context: Context) -> None:
    """Expire and empty mails after their time, and delete old ones."""
    async with context.db.transaction("expire mails") as connection:
        await mails.update_unanswered(connection)
        expired = await mails.update_expired(connection)
        await forgotten.erase_all(connection)
        await mails.purge_old(connection, kept=context.mails_kept)
        await forgotten.purge(connection, kept=context.mails_kept)
    EXPIRED.inc(expired)
    if expired:
        log.warning("mails expired unsent", mails=expired)


async def find_keys(context: Context) -> None:
    """Queue mails that waited for a key which this process has."""
    async with context.db.transaction("queue mails with known keys") as connection:
        for sample in await mails.list_missing_keys(connection):
            try:
                context.opener.open(sample.key_id, sample.sealed_params)
            except KeyMissing:
                log.error("mails wait for a key", key_id=sample.key_id)
                continue
            except ValueError:
                pass  # the key is there; the sender will find this one unreadable
            await mails.update_key_found(connection, sample.key_id)
