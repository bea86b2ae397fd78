"""What staged work would take: units that queue for staff, simulated."""
