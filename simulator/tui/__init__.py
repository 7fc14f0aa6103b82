"""The full-screen app. The only package that knows Textual."""
