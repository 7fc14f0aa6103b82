"""Voice, microphone, recording, transcriber. The only package that knows sound libraries."""
