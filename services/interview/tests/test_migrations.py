from kit.migrations import check, ini_path


def test_models_and_migrations_agree(service_database_url: str) -> None:
    check(ini_path("interview"), service_database_url)
