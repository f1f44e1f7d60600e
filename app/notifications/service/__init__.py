"""What changes notices, the choices about them, and what each person follows."""
