"""The small language model: token states and sentence vectors. The only room that knows ONNX Runtime."""
