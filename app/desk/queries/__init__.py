"""Every SELECT of facilitation: queues, cases, merges, the journal."""
