"""The full-screen app. The only room that knows Textual."""
