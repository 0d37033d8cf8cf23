"""What the tests of every room stand on: a real PostgreSQL, a real RabbitMQ, tokens, and closed sockets.

The fixtures live in `kit.testing.plugin` and are there in every test run (pytest entry point `kit`). A service's
`conftest.py` says which service it is, and how its settings and its app are made::

    @pytest.fixture(scope="session")
    def service() -> str:
        return "auth"

    @pytest.fixture(scope="session")
    def settings(
        database_url: Callable[[str], str], service: str, rabbitmq: str, tokens: TokenFactory
    ) -> AuthSettings:
        return AuthSettings(database_url=database_url(service), amqp_url=rabbitmq, jwks_url=tokens.jwks_url, ...)

    @pytest.fixture
    def app(settings: AuthSettings) -> FastAPI:
        return create(settings)

After that a test takes `client`, `database`, `tokens`, `amqp`, and commits for real: commits are what is tested.
"""
