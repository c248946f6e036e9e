"""Auth's URL table. Under the gateway the prefix is /api/auth."""

from services.auth.api import export, identity, password, presence_check, session, sign_in
from services.auth.api.export import ExportAnswer
from services.auth.api.identity import ForwardQuery, KeysAnswer
from services.auth.api.password import Accepted, ChangeBody, CompleteBody, ResetAnswer, ResetBody
from services.auth.api.presence_check import (
    AnswerBody,
    ConfirmBody,
    DenyAnswer,
    PreviewAnswer,
    WaitingAnswer,
)
from services.auth.api.session import HeldSessionAnswer, SessionAnswer, SessionsAnswer
from services.auth.api.shapes import DONE, NextAnswer, TokenBody
from services.auth.api.sign_in import SignInBody, StepUpBody
from services.auth.errors import (
    AccountSuspended,
    CheckEnded,
    CheckNotMailed,
    ChecksPending,
    HashingBusy,
    InvalidCredentials,
    LinkInvalid,
    NotConfirmed,
    PasswordRefused,
    PresenceFailed,
    PresenceMissed,
    ResendTooEarly,
    SessionNotFound,
    SignInClosed,
    TooManyWrongPasswords,
    WrongCode,
    WrongNumber,
    WrongPassword,
)
from shared.web.access import ANY_STAGE, GATEWAY, MEMBER, MEMBER_FRESH, PRESENCE, PUBLIC
from shared.web.operators import HEALTH_ROUTE
from shared.web.rate_limit import Limit
from shared.web.routing import Answers, Route

NEXT: Answers = {200: NextAnswer}

# An office of 300 people may be one network: its limits only keep one sender from taking all.
SIGN_IN = (Limit("sign_in", "300/minute", "network"), Limit("sign_in", "30/minute", "email"))
RESET = (Limit("reset", "60/minute", "network", silent=True),)
LINK = (Limit("link", "600/minute", "network"),)
# By session: the thief of a password shares the owner's account, never her session.
STEP_UP = (Limit("step_up", "20/minute", "session"),)
ANSWER = (Limit("presence", "60/minute", "session"),)

TRY = (TooManyWrongPasswords, HashingBusy)

ROUTES = (
    Route(
        "POST", "/sign-in", sign_in.start, PUBLIC,
        SignInBody, NEXT, SIGN_IN,
        problems=(InvalidCredentials, AccountSuspended, ChecksPending, SignInClosed, *TRY),
    ),
    Route(
        "POST", "/session/step-up", sign_in.step_up, MEMBER,
        StepUpBody, NEXT, STEP_UP, problems=(InvalidCredentials, SessionNotFound, *TRY),
    ),
    Route(
        "GET", "/session", session.show, ANY_STAGE,
        answers={200: SessionAnswer | HeldSessionAnswer},
    ),
    Route("DELETE", "/session", session.sign_out, ANY_STAGE),
    Route("GET", "/sessions", session.list_own, MEMBER, answers={200: SessionsAnswer}),
    Route("DELETE", "/sessions", session.end_others, MEMBER),
    Route(
        "DELETE", "/sessions/{session_id}", session.end_own, MEMBER,
        problems=(SessionNotFound,),
    ),
    Route(
        "POST", "/password-reset", password.request_reset, PUBLIC,
        ResetBody, {202: Accepted}, RESET,
    ),
    Route(
        "POST", "/password-reset/preview", password.preview_reset, PUBLIC,
        TokenBody, {200: ResetAnswer}, LINK, problems=(LinkInvalid,),
    ),
    Route(
        "POST", "/password-reset/confirm", password.complete_reset, PUBLIC,
        CompleteBody, DONE, LINK, problems=(LinkInvalid, PasswordRefused, HashingBusy),
    ),
    Route(
        "PUT", "/password", password.change, MEMBER, ChangeBody, DONE, STEP_UP,
        problems=(InvalidCredentials, WrongPassword, PasswordRefused, SessionNotFound, *TRY),
    ),
    Route(
        "GET", "/presence-check", presence_check.show, PRESENCE,
        answers={200: WaitingAnswer}, problems=(PresenceMissed,),
    ),
    Route(
        "POST", "/presence-check/answer", presence_check.submit, PRESENCE,
        AnswerBody, NEXT, ANSWER,
        problems=(
            CheckNotMailed, NotConfirmed, WrongCode, PresenceMissed, PresenceFailed,
            SessionNotFound,
        ),
    ),
    Route(
        "POST", "/presence-check/resend", presence_check.resend, PRESENCE,
        answers={200: WaitingAnswer}, limits=ANSWER, problems=(ResendTooEarly, PresenceMissed),
    ),
    Route(
        "POST", "/presence-check/preview", presence_check.preview, PUBLIC,
        TokenBody, {200: PreviewAnswer}, LINK, problems=(LinkInvalid,),
    ),
    Route(
        "POST", "/presence-check/confirm", presence_check.confirm, PUBLIC,
        ConfirmBody, limits=LINK, problems=(LinkInvalid, CheckEnded, WrongNumber),
    ),
    Route(
        "POST", "/presence-check/deny", presence_check.deny, PUBLIC,
        TokenBody, {200: DenyAnswer, **DONE}, LINK, problems=(LinkInvalid,),
    ),
    Route(
        "GET", "/forward", identity.forward, GATEWAY,
        answers={200: None}, query=ForwardQuery,
    ),
    Route(
        "GET", "/.well-known/jwks.json", identity.jwks, PUBLIC, answers={200: KeysAnswer},
    ),
    Route(
        "GET", "/me/export", export.take, MEMBER_FRESH,
        answers={200: ExportAnswer}, limits=STEP_UP, problems=(SessionNotFound,),
    ),
    HEALTH_ROUTE,
)  # fmt: skip
