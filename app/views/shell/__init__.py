"""The window around the screens: rail, head, menus, toasts, and the start of the program."""
