"""What ships with QI plans. Plain Python, no Django."""
