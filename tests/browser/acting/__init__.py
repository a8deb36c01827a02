"""What people do in the front ends, told by what they want; how hands do it is told in one place only."""
