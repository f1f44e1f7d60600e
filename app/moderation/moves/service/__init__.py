"""Moving ideas and comments, offering an idea to a community, asking for another one."""
