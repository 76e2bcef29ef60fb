"""What is wrong with a file of a home, how that is seen, and what a killed process left there."""

__all__ = ["held_folder", "kinds", "left_behind", "store_look"]
