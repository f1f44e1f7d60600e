from app.core.permits import Permission, anyone, is_coordinator

READ = Permission("reference:read", [anyone])
EDIT = Permission("reference:edit", [is_coordinator])
