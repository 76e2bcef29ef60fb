"""Front ends: they translate in and out, and decide nothing about answers."""
