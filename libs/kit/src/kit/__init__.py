"""Plumbing every service stands on: app factory, settings, database, messaging, identity, health."""
