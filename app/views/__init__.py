"""The screens: Qt, one folder per feature."""
