"""Wires the projector, the worker that keeps the read models in step."""

from kit.process import work

from admin.consumers import subscriptions
from admin.settings import AdminSettings

if __name__ == "__main__":
    work("admin", AdminSettings(), subscriptions)
