"""The infrastructure that every Lyceum module stands on."""
