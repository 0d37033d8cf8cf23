"""The events the services exchange: one module per publisher, one golden JSON per event version."""
