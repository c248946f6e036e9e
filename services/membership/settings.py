"""What membership reads from the environment."""

from pydantic import SecretStr

from shared.settings import Key, ServiceSettings


class MembershipSettings(ServiceSettings):
    """What membership reads beside what every service reads."""

    membership_database_url: SecretStr
    membership_listen: str = "localhost:8082"
    auth_url: str
    mail_public_key: Key
    first_password_key: Key
    operators_mail: str = ""
