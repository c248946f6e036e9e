"""What membership reads from the environment."""

from shared.settings import Key, SecretUrl, ServiceSettings


class MembershipSettings(ServiceSettings):
    """What membership reads beside what every service reads."""

    membership_database_url: SecretUrl
    membership_listen: str = "127.0.0.1:8082"
    auth_url: str = "http://127.0.0.1:8081"
    mail_public_key: Key
    first_password_key: Key
    operators_mail: str = ""
