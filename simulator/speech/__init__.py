"""Voice, microphone, recording, transcriber. The only room that knows sound libraries."""
