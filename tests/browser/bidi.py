"""Firefox by its own protocol, WebDriver BiDi: as much of it as a person's few steps need.

Playwright 1.65 speaks it too, but asks for a command that Firefox ESR 153 lacks. Selenium needs
geckodriver, which Debian does not have.
"""

import asyncio
import itertools
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

PREFERENCES = {
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "intl.accept_languages": "ja",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "signon.rememberSignons": False,
    "ui.prefersReducedMotion": 1,
}
REPORTS_REFUSALS = """(report) => addEventListener("securitypolicyviolation",
    ({ violatedDirective, blockedURI }) => report(`policy: ${violatedDirective} ${blockedURI}`))"""
KEYS = {"Enter": "\ue007", "Tab": "\ue004", "Escape": "\ue00c"}


class Firefox:
    """A running Firefox: sends commands, and keeps what went wrong by the tab in which it did."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.troubles: dict[str, list[str]] = {}
        self._socket = socket
        self._ids = itertools.count(1)
        self._answers: dict[int, asyncio.Future[Any]] = {}

    async def send(self, method: str, **parameters: Any) -> Any:
        """The result of a command. Raises RuntimeError with Firefox's words."""
        id = next(self._ids)
        answer = self._answers[id] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": id, "method": method, "params": parameters})
        async with asyncio.timeout(60):
            message = await answer
        if message["type"] == "error":
            raise RuntimeError(f"{method}: {message['error']}: {message['message']}")
        return message["result"]

    async def read(self) -> None:
        """Take answers and events until the connection ends."""
        async for frame in self._socket:
            message = json.loads(frame.data)
            if message["type"] == "event":
                self._note(message["method"], message["params"])
            else:
                self._answers.pop(message["id"]).set_result(message)

    def _note(self, event: str, told: dict[str, Any]) -> None:
        troubles = self.troubles.setdefault(told["source"].get("context", ""), [])
        if event == "script.message":
            troubles.append(told["data"]["value"])
        elif told["level"] in ("error", "warn"):
            troubles.append(f"{told['type']}: {told['text']}")

    @asynccontextmanager
    async def tab(self) -> AsyncIterator["Tab"]:
        """A tab with cookies of its own, in which nothing may go wrong."""
        user = (await self.send("browser.createUserContext"))["userContext"]
        opened = await self.send("browsingContext.create", type="tab", userContext=user)
        yield Tab(self, opened["context"])
        await self.send("browser.removeUserContext", userContext=user)
        troubles = self.troubles.get(opened["context"], [])
        assert not troubles, troubles


class Tab:
    """One person's page."""

    def __init__(self, firefox: Firefox, context: str) -> None:
        self.firefox = firefox
        self.context = context

    async def open(self, url: str) -> None:
        """Type an address."""
        await self._do("browsingContext.navigate", url=url, wait="complete")

    async def evaluate(self, expression: str) -> Any:
        """The value of JavaScript that gives a text, a number or a truth value."""
        found = await self.firefox.send(
            "script.evaluate",
            expression=expression,
            target={"context": self.context},
            awaitPromise=True,
        )
        assert found["type"] == "success", found["exceptionDetails"]["text"]
        return found["result"].get("value")

    async def reads(self, text: str) -> None:
        """Wait for this text on the page."""
        await self._until(f"document.body.innerText.includes({json.dumps(text)})", text)

    async def sees(self, heading: str) -> None:
        """Wait for this heading."""
        shown = "document.querySelector('h1')?.innerText.trim()"
        await self._until(f"{shown} === {json.dumps(heading)}", heading)

    async def press(self, role: str, name: str) -> None:
        """Click the visible control of this role and accessible name."""
        await self._click({"type": "accessibility", "value": {"role": role, "name": name}})

    async def click(self, selector: str) -> None:
        """Click the first element of this CSS selector."""
        await self._click({"type": "css", "value": selector})

    async def fill(self, **values: str) -> None:
        """Type into fields, given by their ids."""
        for id, value in values.items():
            await self.click(f"#{id}")
            await self.keys(*value)

    async def keys(self, *keys: str) -> None:
        """Press keys, given by their names or letters."""
        values = [KEYS.get(key, key) for key in keys]
        strokes = [{"type": kind, "value": v} for v in values for kind in ("keyDown", "keyUp")]
        await self._act({"type": "key", "id": "keyboard", "actions": strokes})

    async def _click(self, locator: dict[str, Any]) -> None:
        async with asyncio.timeout(30):
            while not (
                nodes := (await self._do("browsingContext.locateNodes", locator=locator))["nodes"]
            ):
                await asyncio.sleep(0.05)
        element = {"type": "element", "element": {"sharedId": nodes[0]["sharedId"]}}
        await self.firefox.send(
            "script.callFunction",
            functionDeclaration="(element) => element.scrollIntoView({ block: 'center' })",
            arguments=[{"sharedId": nodes[0]["sharedId"]}],
            target={"context": self.context},
            awaitPromise=False,
        )
        move = {"type": "pointerMove", "x": 0, "y": 0, "origin": element}
        press = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        await self._act({"type": "pointer", "id": "mouse", "actions": [move, *press]})

    async def _act(self, actions: dict[str, Any]) -> None:
        await self._do("input.performActions", actions=[actions])

    async def _do(self, method: str, **parameters: Any) -> Any:
        return await self.firefox.send(method, context=self.context, **parameters)

    async def _until(self, condition: str, wished: str) -> None:
        try:
            async with asyncio.timeout(30):
                while not await self.evaluate(condition):
                    await asyncio.sleep(0.05)
        except TimeoutError:
            text = await self.evaluate("document.body.innerText")
            raise AssertionError(f"{wished!r} is not on the page:\n{text}") from None


@asynccontextmanager
async def firefox(path: str, profile: Path) -> AsyncIterator[Firefox]:
    """Start Firefox with an empty profile, and end it."""
    lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in PREFERENCES.items()]
    (profile / "user.js").write_text("\n".join(lines))
    process = await asyncio.create_subprocess_exec(
        *(path, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with (
            aiohttp.ClientSession() as client,
            client.ws_connect(await _address(process) + "/session", max_msg_size=0) as socket,
        ):
            started = Firefox(socket)
            reading = asyncio.create_task(started.read())
            await started.send("session.new", capabilities={})
            await started.send("session.subscribe", events=["log.entryAdded", "script.message"])
            channel = {"type": "channel", "value": {"channel": "refusals"}}
            await started.send(
                "script.addPreloadScript",
                functionDeclaration=REPORTS_REFUSALS,
                arguments=[channel],
            )
            yield started
            reading.cancel()
    finally:
        process.kill()
        await process.wait()


async def _address(process: asyncio.subprocess.Process) -> str:
    assert process.stderr is not None
    async with asyncio.timeout(60):
        async for line in process.stderr:
            if found := re.search(rb"listening on (ws://\S+)", line):
                return found[1].decode()
    raise AssertionError("Firefox ended before it said where it listens")
