"""Write .env with fresh secrets for docker compose: `make env`. An existing file is kept."""  # noqa: INP001 - a script

import argparse
import os
import secrets
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECRETS = (
    "POSTGRES_PASSWORD",
    "RABBITMQ_PASSWORD",
    "AUTH_DATABASE_PASSWORD",
    "INTERVIEW_DATABASE_PASSWORD",
    "ANALYSIS_DATABASE_PASSWORD",
    "ADMIN_DATABASE_PASSWORD",
    "AUTH_SIGNING_KEY_SECRET",
    "AUTH_ADMIN_PASSWORD",
)
TEMPLATE = """\
# Made by `make env`. Keep it to yourself: whoever reads it can read everything.

# Where the product is reached on this machine.
GATEWAY_PORT={port}

# The first administrator. The password counts only until it is changed in the product.
AUTH_ADMIN_EMAIL=admin@interview-kit.example

{secrets}
# Set a key to use Gemini; without one the built-in engine asks and judges.
# GEMINI_API_KEY=
# GEMINI_MODEL=
# GEMINI_REQUESTS_PER_MINUTE=
# Or any server that speaks OpenAI's chat completions (OpenAI, Ollama, vLLM, llama.cpp).
# OPENAI_BASE_URL=
# OPENAI_API_KEY=
# OPENAI_MODEL=
# OPENAI_REQUESTS_PER_MINUTE=
# OPENAI_TIMEOUT=60
# Which of the two when both are set: auto (Gemini first), gemini, openai, or offline for neither.
# AI_PROVIDER=auto
# The most that one interview, and one account in 24 hours, may use (empty: no limit); then the built-in engine goes on.
# AI_TOKENS_PER_INTERVIEW=400000
# AI_USD_PER_INTERVIEW=0.50
# AI_TOKENS_PER_USER_DAY=2000000
# AI_USD_PER_USER_DAY=2.00
# Dollars per million tokens for models without a price here: {{"my-model": {{"input": 0.1, "output": 0.4}}}}
# AI_PRICES=

# Who runs this: personal (the default), education or employer. In the last two nobody's expressions are looked at.
# DEPLOYMENT_CONTEXT=personal

# What the room may ask to capture, and for how many days a recording is kept; candidates read both before they agree.
# INTERVIEW_CAPTURES=["audio_transcription", "video_recording", "face_monitoring", "expression_analysis"]
# INTERVIEW_RECORDING_RETENTION_DAYS=30
# INTERVIEW_RECORDING_QUOTA_BYTES=4294967296

# Speech to text on this machine, without any key: both lines, then build again.
# SPEECH=whisper
# INTERVIEW_SPEECH=whisper
"""


def content(port: int) -> str:
    """The text of a new .env."""
    # Letters and digits only for URLs, files and shells alike.
    lines = "".join(f"{name}={secrets.token_hex(24)}\n" for name in SECRETS)
    return TEMPLATE.format(port=port, secrets=lines)


def main() -> int:
    """Write the file, readable by its owner only."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path, default=ROOT / ".env")
    parser.add_argument("--port", type=int, default=8000)
    given = parser.parse_args()
    try:
        descriptor = os.open(given.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        sys.stdout.write(f"{given.file.name} is there already and stays as it is.\n")
        return 0
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(content(given.port))
    sys.stdout.write(f"Wrote {given.file.name}. Now: docker compose up --build --wait\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
