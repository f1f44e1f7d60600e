"""What people type, made safe to keep, to show, to sort and to search; import the module you need."""
