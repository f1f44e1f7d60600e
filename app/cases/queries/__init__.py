"""What facilitation keeps: measures, reports and appeals, the desk, merges, the journal."""
