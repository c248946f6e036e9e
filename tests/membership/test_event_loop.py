"""No request blocks membership's event loop."""

from tests.hostile import Request, find_long_steps, requests
from tests.membership.conftest import ORIGIN, Membership


async def test_no_hostile_input_blocks_the_loop_for_50_ms(yamato: Membership) -> None:
    owner = await yamato.join()

    async def prepare(_request: Request) -> dict[str, str]:
        return {"Origin": ORIGIN, "Test-Caller": str(owner)}

    port = yamato.server.port
    assert port is not None
    assert await find_long_steps(requests("membership"), port, prepare) == []
