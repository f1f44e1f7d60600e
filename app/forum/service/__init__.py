"""Every act on a forum and on its topics."""
