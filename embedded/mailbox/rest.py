"""The part of Mailpit's REST API that tests use, so that one suite runs against both."""

from json import JSONDecodeError

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from embedded.mailbox.keys import STORE
from embedded.mailbox.mail import Address, Summary, read_bodies

_USUAL, _MOST = 50, 1000


class Selection(BaseModel):
    """The ids of mails to delete; no id means all mails."""

    ids: list[str] = Field(default_factory=list, alias="IDs")


class Window(BaseModel):
    """A part of the list."""

    model_config = ConfigDict(extra="ignore")

    start: int = Field(0, ge=0)
    limit: int = Field(_USUAL, ge=0)


async def list_messages(request: web.Request) -> web.Response:
    """GET /api/v1/messages?start=&limit= (at most 1,000), newest first."""
    try:
        window = Window.model_validate(dict(request.query))
    except ValidationError:
        raise web.HTTPBadRequest(text="start and limit have to be numbers") from None
    page = request.app[STORE].list_page(start=window.start, limit=min(window.limit, _MOST))
    return web.json_response(
        {
            "total": page.total,
            "messages_count": page.total,
            "count": len(page.mails),
            "start": window.start,
            "messages": [_summary(mail) for mail in page.mails],
        }
    )


async def get_message(request: web.Request) -> web.Response:
    """GET /api/v1/message/{ID}; `latest` is the newest."""
    mail, raw = find_mail(request)
    bodies = read_bodies(raw)
    return web.json_response({**_summary(mail), "Text": bodies.text, "HTML": bodies.html})


async def delete_messages(request: web.Request) -> web.Response:
    """DELETE /api/v1/messages with `{"IDs": []}`, or without a body: all."""
    try:
        text = await request.text()
        selection = Selection.model_validate_json(text or "{}")
    except (ValidationError, JSONDecodeError, UnicodeDecodeError):
        raise web.HTTPBadRequest(text='expected {"IDs": [...]}') from None
    store = request.app[STORE]
    if selection.ids:
        store.remove(selection.ids)
    else:
        store.remove_all()
    return web.Response(text="ok")


def find_mail(request: web.Request) -> tuple[Summary, bytes]:
    """The mail that the path names. Raises 404."""
    id, store = request.match_info["id"], request.app[STORE]
    if id == "latest":
        newest = store.list_page(start=0, limit=1).mails
        id = newest[0].id if newest else ""
    found = store.find(id)
    if found is None:
        raise web.HTTPNotFound(text="there is no such mail")
    return found


def _summary(mail: Summary) -> dict[str, object]:
    return {
        "ID": mail.id,
        "MessageID": mail.message_id,
        "From": _person(mail.sender),
        "To": [_person(person) for person in mail.recipients],
        "Subject": mail.subject,
        "Created": mail.created.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "Size": mail.size,
    }


def _person(person: Address) -> dict[str, str]:
    return {"Name": person.name, "Address": person.address}
