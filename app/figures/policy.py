"""Who reads the figures of participation: everybody, and the same ones."""

from app.core.permits import Permission, anyone

READ = Permission("figures:read", [anyone])
