"""`python -m fake_gemini --port N`: serve until interrupted."""

import argparse

import uvicorn

from fake_gemini.server import FakeGemini


def main() -> None:
    """Serve."""
    parser = argparse.ArgumentParser(prog="fake_gemini", description="A stand-in for the Gemini API, for tests only.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before every reply")
    arguments = parser.parse_args()
    fake = FakeGemini(latency=arguments.latency)
    uvicorn.run(fake.app, host="127.0.0.1", port=arguments.port, log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
