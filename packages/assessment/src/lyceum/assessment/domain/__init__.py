"""What an item, a quiz and an attempt are. Pure: time, randomness and items come in as arguments."""
