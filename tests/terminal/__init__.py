"""The app in a real terminal: tmux types and reads the screen."""
