"""What people write and others may report, hide or show again: an idea, a comment, a bulletin, …"""
